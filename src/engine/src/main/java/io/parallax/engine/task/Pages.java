package io.parallax.engine.task;

import org.jspecify.annotations.Nullable;

/**
 * Disk pages of a table; of each partition where there are several.
 *
 * @param from the first one
 * @param to the one after the last; null for all that follow
 */
public record Pages(long from, @Nullable Long to) {}
