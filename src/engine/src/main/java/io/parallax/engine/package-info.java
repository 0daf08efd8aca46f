/**
 * The comparison itself: plain Java and JDBC, free of any framework. {@link io.parallax.engine.DiffEngine} is the door.
 * {@code plan} turns a diff into the documents of {@code task}, {@code compare} does what they say, {@code question} answers
 * what else clients ask. All of them know a database by the roles in {@code dialect} and the interfaces of {@code session};
 * what implements these is found there, and imported by nobody.
 */
@NullMarked
package io.parallax.engine;

import org.jspecify.annotations.NullMarked;
