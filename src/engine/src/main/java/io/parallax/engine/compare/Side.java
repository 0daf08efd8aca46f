package io.parallax.engine.compare;

/** One of the two sides. */
public enum Side {
    A,
    B
}
