/**
 * Does one task of a plan. {@link io.parallax.engine.compare.TaskRun} opens what the task needs and hands it to the
 * room of its kind: a {@code segment} of the key space, a {@code bucket} of hashes over pieces, keys that are
 * rechecked. What they find is counted in {@code tally}, shown and compared in {@code rows}, written by {@code staged}.
 */
@NullMarked
package io.parallax.engine.compare;

import org.jspecify.annotations.NullMarked;
