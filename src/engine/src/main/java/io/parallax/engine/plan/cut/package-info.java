/**
 * How work is cut: how many rows there are and where they lie in the key space, asked of statistics and samples; then
 * ranges of equal weight, slices of hashes or physical pieces of about the same time each.
 */
@NullMarked
package io.parallax.engine.plan.cut;

import org.jspecify.annotations.NullMarked;
