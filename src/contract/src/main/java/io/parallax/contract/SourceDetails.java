package io.parallax.contract;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/**
 * How to reach a source; exists only inside a worker and, sealed, on its way there.
 *
 * @param type the kind of source, such as {@code pg}
 * @param options the kind's own options, secrets included
 * @param maxConnections the most connections over all workers, so that none may be kept unused; null without a limit
 */
public record SourceDetails(String type, ObjectNode options, @Nullable Integer maxConnections) {
    /** Without a limit. */
    public SourceDetails(String type, ObjectNode options) {
        this(type, options, null);
    }

    /** Never the options: they hold secrets. */
    @Override
    public String toString() {
        return "SourceDetails[type=" + type + "]";
    }
}
