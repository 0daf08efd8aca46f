/**
 * Whether there can be a script that makes one side equal to the other; its statements are in the target's SQL, by
 * {@code io.parallax.text}.
 */
@NullMarked
package io.parallax.outcome.repair;

import org.jspecify.annotations.NullMarked;
