package io.parallax.engine.plan.probe;

import org.jspecify.annotations.Nullable;

/** A server refused to be asked for all known values at once: it lacks something that one of the families needs. */
public final class UnprovenServerException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final @Nullable String hash;

    UnprovenServerException(@Nullable String hash, Throwable cause) {
        super(cause);
        this.hash = hash;
    }

    /** The hash that it was to be asked with; null for none. */
    @Nullable
    String hash() {
        return hash;
    }
}
