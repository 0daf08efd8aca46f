package io.parallax.engine.compare;

/** One of the two sides. */
public enum Which {
    A,
    B
}
