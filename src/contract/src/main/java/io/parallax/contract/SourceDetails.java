package io.parallax.contract;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How to reach a source; exists only inside a worker and, sealed, on its way there.
 *
 * @param type the kind of source, by its word for programs
 * @param options the kind's own options, secrets included
 * @param maxConnections the most connections over all workers, so that none may be kept unused; null without a limit
 * @param settings settings of its sessions, by name; null for none
 * @param purpose what its sessions are for, as its administrator sees it; null for nothing in particular
 */
public record SourceDetails(
        String type,
        ObjectNode options,
        @Nullable Integer maxConnections,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Map<String, String> settings,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String purpose) {
    public SourceDetails {
        settings = settings == null ? null : Map.copyOf(settings);
    }

    /** Without a limit. */
    public SourceDetails(String type, ObjectNode options) {
        this(type, options, null);
    }

    /** Without settings. */
    public SourceDetails(String type, ObjectNode options, @Nullable Integer maxConnections) {
        this(type, options, maxConnections, null, null);
    }

    /** The same source with these settings. */
    public SourceDetails with(@Nullable Map<String, String> others) {
        return new SourceDetails(type, options, maxConnections, others, purpose);
    }

    /** The same source, for this purpose. */
    public SourceDetails forPurpose(String work) {
        return new SourceDetails(type, options, maxConnections, settings, work);
    }

    /** Never the options: they hold secrets. */
    @Override
    public String toString() {
        return "SourceDetails[type=" + type + "]";
    }
}
