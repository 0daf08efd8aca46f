/** Draws pairs of tables that differ in ways a comparison is likely to miss, or are spelled differently and equal. */
@NullMarked
package io.parallax.oracle.draw;

import org.jspecify.annotations.NullMarked;
