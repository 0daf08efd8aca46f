package io.parallax.engine.dialect;

import java.util.List;

/**
 * The SQL of a row's 64-bit hash, an {@code int8}, from its columns. Must take in the whole row at once and not be linear
 * across columns. Each dialect has its own; another is only for tests.
 */
@FunctionalInterface
public interface RowHash {
    String of(List<CanonicalExpression> columns);
}
