/**
 * What comes next for a diff: when one of its tasks has ended, and when one has failed. Both are pure functions of what is
 * known by then, with a sealed type as their answer; whoever asks carries it out.
 */
@NullMarked
package io.parallax.outcome.next;

import org.jspecify.annotations.NullMarked;
