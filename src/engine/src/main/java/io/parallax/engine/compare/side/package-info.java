/**
 * One side's part of every query: which columns, in which form, under which conditions. All other SQL of a comparison
 * is put together from it.
 */
@NullMarked
package io.parallax.engine.compare.side;

import org.jspecify.annotations.NullMarked;
