package io.parallax.engine.task;

/** One of the two sides. */
public enum Side {
    A,
    B
}
