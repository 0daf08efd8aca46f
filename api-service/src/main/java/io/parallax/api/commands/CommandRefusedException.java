package io.parallax.api.commands;

/** A command that makes no sense; its message says what would. */
final class CommandRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    CommandRefusedException(String message) {
        super(message);
    }
}
