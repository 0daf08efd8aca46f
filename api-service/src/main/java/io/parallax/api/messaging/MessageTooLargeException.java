package io.parallax.api.messaging;

/** A message that no topic takes, so that sending it again is of no use. */
public final class MessageTooLargeException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    MessageTooLargeException(int bytes) {
        super("a message of " + bytes + " bytes is too large for its topic");
    }
}
