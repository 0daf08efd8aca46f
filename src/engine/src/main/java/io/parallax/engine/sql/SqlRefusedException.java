package io.parallax.engine.sql;

/** A user's SQL is not one complete piece; the message says why, in the middle of a sentence. */
final class SqlRefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    SqlRefusedException(String reason) {
        super(reason);
    }

    /** The same, saying where. */
    SqlRefusedException at(String text, int offset) {
        return new SqlRefusedException(getMessage() + " (" + SqlPosition.of(text, offset) + ")");
    }
}
