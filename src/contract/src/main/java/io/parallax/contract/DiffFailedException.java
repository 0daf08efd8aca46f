package io.parallax.contract;

/** Ends a diff, or one task of it, with a {@link Failure} that the caller may see. */
public class DiffFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Failure failure;

    public DiffFailedException(ErrorType type, String message) {
        this(type, message, null);
    }

    /** The cause is for our logs only. */
    public DiffFailedException(ErrorType type, String message, @org.jspecify.annotations.Nullable Throwable cause) {
        super(type.publicName() + ": " + message, cause);
        this.failure = new Failure(type, message);
    }

    public Failure failure() {
        return failure;
    }
}
