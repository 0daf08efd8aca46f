package io.parallax.engine.plan.probe;

import io.parallax.contract.DiffFailedException;
import org.jspecify.annotations.Nullable;

/** A server refused to be asked for all known values at once: it lacks something that one of the families needs. */
public final class UnprovenServerException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final @Nullable String hash;

    private final String server;
    private final DiffFailedException refusal;

    UnprovenServerException(String server, @Nullable String hash, DiffFailedException refusal) {
        super(refusal);
        this.server = server;
        this.hash = hash;
        this.refusal = refusal;
    }

    /** Which one it is. */
    String server() {
        return server;
    }

    /** What it said. */
    public DiffFailedException refusal() {
        return refusal;
    }

    /** The hash that it was to be asked with; null for none. */
    @Nullable
    String hash() {
        return hash;
    }
}
