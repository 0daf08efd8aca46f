/** The least that the servers have to do for an answer, as plain SQL. */
@NullMarked
package io.parallax.bench.floor;

import org.jspecify.annotations.NullMarked;
