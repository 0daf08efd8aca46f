/**
 * A segment of the key space, compared to the end: fingerprints of its buckets on both sides at once, then whatever is
 * dirty. Leaves no residue.
 */
@NullMarked
package io.parallax.engine.compare.segment;

import org.jspecify.annotations.NullMarked;
