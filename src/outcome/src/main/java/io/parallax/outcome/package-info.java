/**
 * What turns counts into an answer, without a store, a network or a framework: whoever has a plan and what its tasks have counted makes of
 * them what a diff comes to. Here is what was found, and every figure that follows from it; {@code next} says what a diff
 * has to do after a task has ended, {@code answer} what is shown, {@code rows} which rows that differ are kept and how
 * they are written, {@code repair} the script that makes one side equal to the other.
 */
@NullMarked
package io.parallax.outcome;

import org.jspecify.annotations.NullMarked;
