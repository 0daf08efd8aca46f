/**
 * Whether servers do with values what a comparison relies on. {@link io.parallax.engine.plan.probe.ServerProof} sends known
 * values through a dialect's expressions and hashes on a live server, in one statement, and looks at what comes back;
 * {@link io.parallax.engine.plan.probe.Trust} says what that means for the columns of a diff.
 */
@NullMarked
package io.parallax.engine.plan.probe;

import org.jspecify.annotations.NullMarked;
