package io.parallax.contract;

import org.jspecify.annotations.Nullable;

/** A message or a stored document that this version cannot read. */
public final class UnreadableMessageException extends Exception {
    private static final long serialVersionUID = 1L;

    public UnreadableMessageException(String reason, @Nullable Throwable cause) {
        super(reason, cause);
    }
}
