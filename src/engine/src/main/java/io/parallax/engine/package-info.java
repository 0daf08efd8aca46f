/**
 * The comparison itself: plain Java and JDBC, free of any framework. {@link io.parallax.engine.DiffEngine} is the door.
 * {@code plan} turns a diff into the documents of {@code task}, {@code compare} does what they say, both by the sessions of
 * {@code session}; what an engine's SQL looks like is below {@code postgres}.
 */
@NullMarked
package io.parallax.engine;

import org.jspecify.annotations.NullMarked;
