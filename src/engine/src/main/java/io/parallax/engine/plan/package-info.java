/** Turns a diff into tasks: what both sides are, how the key space is cut. */
@NullMarked
package io.parallax.engine.plan;

import org.jspecify.annotations.NullMarked;
