/** Many small diffs, from their POST until the store has what they found. */
@NullMarked
package io.parallax.bench.flow;

import org.jspecify.annotations.NullMarked;
