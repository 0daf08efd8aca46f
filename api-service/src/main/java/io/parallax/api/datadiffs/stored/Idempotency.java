package io.parallax.api.datadiffs.stored;

import io.parallax.api.problems.Fault;
import io.parallax.api.problems.InvalidRequestException;
import io.parallax.api.problems.ProblemException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.hibernate.exception.ConstraintViolationException;
import org.jspecify.annotations.Nullable;

/**
 * A key of the client's own, and what it stands for: for a day, a request under it makes one diff.
 *
 * @param bodyHash SHA-256 of the request's body
 */
public record Idempotency(long userId, String key, byte[] bodyHash) {
    public static final String HEADER = "Idempotency-Key";

    /** Set in answers to requests that were made before. */
    public static final String REPLAYED = "Idempotent-Replayed";

    private static final Pattern KEY = Pattern.compile("[\\x21-\\x7e]{1,255}");
    private static final String CONSTRAINT = "idempotency_key_pkey";

    /**
     * Of a key as it came.
     *
     * @throws InvalidRequestException when it is none
     */
    public static Idempotency of(long userId, String key, byte[] body) {
        if (!KEY.matcher(key).matches()) {
            throw new InvalidRequestException(List.of(new Fault(
                    List.of("header", HEADER), "Must be 1 to 255 visible characters of ASCII.", "string_pattern")));
        }
        try {
            return new Idempotency(
                    userId, key, MessageDigest.getInstance("SHA-256").digest(body));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is missing from this Java", e);
        }
    }

    /**
     * Passes when it was used for the same request.
     *
     * @throws ProblemException (422) when it was used for another
     */
    public void requireSame(byte[] hash) {
        if (!MessageDigest.isEqual(hash, bodyHash)) {
            throw new InvalidRequestException(List.of(new Fault(
                    List.of("header", HEADER),
                    "Was used for another request; give each one a key of its own.",
                    "conflict")));
        }
    }

    /** Whether somebody else has just stored a diff under the same key. */
    public static boolean isTaken(@Nullable Throwable failure) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
                .anyMatch(cause -> cause instanceof ConstraintViolationException violation
                        ? CONSTRAINT.equals(violation.getConstraintName())
                        : String.valueOf(cause.getMessage()).contains(CONSTRAINT));
    }
}
