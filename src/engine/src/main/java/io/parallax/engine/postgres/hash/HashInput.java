package io.parallax.engine.postgres.hash;

import org.jspecify.annotations.Nullable;

/**
 * A column as a {@link ChainedRowHash} takes it in.
 *
 * @param link the same on both sides, or one that hashes equal values alike
 * @param sql an expression that tells apart what the canonical form tells apart, and no more than the link forgives
 * @param nullTest the condition that it is NULL; null when it never is
 */
public record HashInput(ColumnHash link, String sql, @Nullable String nullTest) {
    /** The expression, with a constant for NULL where that can be. */
    String or(String constant) {
        return nullTest == null ? sql : "coalesce(" + sql + ", " + constant + ")";
    }
}
