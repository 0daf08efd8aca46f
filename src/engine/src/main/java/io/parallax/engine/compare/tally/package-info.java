/**
 * Counts in the making: fingerprints of buckets and which of them differ, tallies of keys and values, the same by time.
 * All of it only adds up, in any order.
 */
@NullMarked
package io.parallax.engine.compare.tally;

import org.jspecify.annotations.NullMarked;
