package io.parallax.oracle;

/** A column of one side. */
public record Column(String name, Type type) {}
