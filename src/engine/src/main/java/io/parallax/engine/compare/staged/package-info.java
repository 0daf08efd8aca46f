/**
 * Writes the rows that differ: each task's batch into one table, which publishing turns into the lasting one.
 */
@NullMarked
package io.parallax.engine.compare.staged;

import org.jspecify.annotations.NullMarked;
