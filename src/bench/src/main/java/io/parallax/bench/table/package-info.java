/** The tables: shapes, how side B differs from side A, and the counts that a right answer has. */
@NullMarked
package io.parallax.bench.table;

import org.jspecify.annotations.NullMarked;
