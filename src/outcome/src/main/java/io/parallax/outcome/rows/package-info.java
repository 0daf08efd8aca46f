/**
 * The rows that differ: which of the many that are found are worth keeping, whether those that are kept are all there are,
 * and how they are written without losing a digit.
 */
@NullMarked
package io.parallax.outcome.rows;

import org.jspecify.annotations.NullMarked;
