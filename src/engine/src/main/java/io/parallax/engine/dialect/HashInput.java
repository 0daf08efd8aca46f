package io.parallax.engine.dialect;

import org.jspecify.annotations.Nullable;

/**
 * A column as a chain of hashes takes it in.
 *
 * @param link which hash of a column's that is, by the dialect's name; the same on both sides, or one that hashes equal values alike
 * @param sql an expression that tells apart what the canonical form tells apart, and no more than the link forgives
 * @param nullTest the condition that it is NULL; null when it never is
 */
public record HashInput(String link, String sql, @Nullable String nullTest) {
    /** The expression, with a constant for NULL where that can be. */
    public String or(String constant) {
        return nullTest == null ? sql : "coalesce(" + sql + ", " + constant + ")";
    }
}
