package io.parallax.contract;

/**
 * Why something ended without a result.
 *
 * @param message one or two sentences for the caller: what was wrong and what to do; never a secret, never a stack trace
 */
public record Failure(ErrorType type, String message) {
    public Failure {
        if (message.isBlank()) {
            throw new IllegalArgumentException("a failure says why");
        }
    }
}
