/** The comparison itself: plain Java and JDBC, free of any framework. {@link io.parallax.engine.DiffEngine} is the door. */
@NullMarked
package io.parallax.engine;

import org.jspecify.annotations.NullMarked;
