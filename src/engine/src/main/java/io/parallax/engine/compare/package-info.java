/** Does one task: fingerprints of both sides, then the rows of the buckets that differ. */
@NullMarked
package io.parallax.engine.compare;

import org.jspecify.annotations.NullMarked;
