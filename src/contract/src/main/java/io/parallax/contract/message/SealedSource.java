package io.parallax.contract.message;

import org.jspecify.annotations.Nullable;

/**
 * A {@link io.parallax.contract.SourceDetails} in a message.
 *
 * @param id the data source's id
 * @param sealed {@link io.parallax.contract.seal.Seal} of its JSON, in the context {@link #context(long)}
 * @param maxConnections the most connections to the source over all workers; null when there is no limit
 */
public record SealedSource(long id, String sealed, @Nullable Integer maxConnections) {
    /** Without a limit. */
    public SealedSource(long id, String sealed) {
        this(id, sealed, null);
    }

    /** What the seal is bound to, so that one source's details do not open as another's. */
    public static String context(long id) {
        return "source:" + id;
    }
}
