package io.parallax.contract;

import org.jspecify.annotations.Nullable;

/** A message or a stored document that this version cannot read. */
public final class UnreadableMessageException extends Exception {
    private static final long serialVersionUID = 1L;

    private final boolean isNewer;

    public UnreadableMessageException(String reason, @Nullable Throwable cause) {
        super(reason, cause);
        this.isNewer = false;
    }

    private UnreadableMessageException(String reason) {
        super(reason);
        this.isNewer = true;
    }

    /** A later version can read it. */
    static UnreadableMessageException newer(int version, int ours) {
        return new UnreadableMessageException("version " + version + ", this reads up to " + ours);
    }

    /** Whether a later version can read it. */
    public boolean isNewer() {
        return isNewer;
    }
}
