package io.parallax.engine.task;

/**
 * A key column that segments are cut by.
 *
 * @param column its quoted name, as its index knows it
 * @param type the type that bounds are written in
 */
public record RangeColumn(String column, String type) {}
