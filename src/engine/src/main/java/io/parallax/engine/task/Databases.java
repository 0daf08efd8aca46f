package io.parallax.engine.task;

import io.parallax.contract.SourceDetails;
import org.jspecify.annotations.Nullable;

/**
 * How to reach all that a diff reads and writes.
 *
 * @param a where dataset A lives
 * @param b where dataset B lives; may be the same source
 * @param destination where rows that differ are written to; null for nowhere
 */
public record Databases(SourceDetails a, SourceDetails b, @Nullable SourceDetails destination) {
    /** For a diff that writes no rows. */
    public Databases(SourceDetails a, SourceDetails b) {
        this(a, b, null);
    }
}
