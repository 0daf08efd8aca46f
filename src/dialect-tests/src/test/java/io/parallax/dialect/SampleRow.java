package io.parallax.dialect;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A row by which of its types' literals it has; null for NULL. As literals of a type are each another value, rows are equal where
 * these numbers are.
 */
record SampleRow(@Nullable Integer key, List<@Nullable Integer> values) {}
