package io.parallax.contract;

import org.jspecify.annotations.Nullable;

/** Ends a diff, or one task of it, with a {@link Failure} that the caller may see. */
public class DiffFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Failure failure;
    private final boolean losesPlan;
    private final @Nullable String place;
    private final boolean givesWay;
    private final boolean handsBack;

    public DiffFailedException(ErrorType type, String message) {
        this(type, message, null);
    }

    /** The cause is for our logs only. */
    public DiffFailedException(ErrorType type, String message, @Nullable Throwable cause) {
        this(type, message, cause, false, false, null, false);
    }

    private DiffFailedException(
            ErrorType type,
            String message,
            @Nullable Throwable cause,
            boolean losesPlan,
            boolean givesWay,
            @Nullable String place,
            boolean handsBack) {
        super(type.publicName() + ": " + message, cause);
        this.failure = new Failure(type, message);
        this.losesPlan = losesPlan;
        this.givesWay = givesWay;
        this.place = place;
        this.handsBack = handsBack;
    }

    /** Nothing was tried: this worker cannot, and another one may. */
    public static DiffFailedException handingBack(String message, @Nullable Throwable cause) {
        return new DiffFailedException(ErrorType.INTERNAL, message, cause, false, false, null, true);
    }

    /** What the plan depends on, such as a snapshot, is gone: no attempt at any of its tasks can succeed any more. */
    public static DiffFailedException losingPlan(ErrorType type, String message, @Nullable Throwable cause) {
        return new DiffFailedException(type, message, cause, true, false, null, false);
    }

    /** Somebody else waited for a lock of it: what it depends on was let go, and only a new plan may succeed. */
    public static DiffFailedException givingWay(String message) {
        return new DiffFailedException(ErrorType.TIMEOUT, message, null, true, true, null, false);
    }

    /** The same, in other words. */
    public DiffFailedException saying(String message) {
        return new DiffFailedException(failure.type(), message, this, losesPlan, givesWay, place, handsBack);
    }

    /** The same, saying first what it comes of, such as {@code Side A}, unless it does already; not that work was stopped. */
    public DiffFailedException at(String origin) {
        return place != null || failure.type() == ErrorType.CANCELLED
                ? this
                : new DiffFailedException(
                        failure.type(),
                        origin + ": " + failure.message(),
                        this,
                        losesPlan,
                        givesWay,
                        origin,
                        handsBack);
    }

    public Failure failure() {
        return failure;
    }

    /** Whether only a new plan may succeed. */
    public boolean losesPlan() {
        return losesPlan;
    }

    /** Whether it ended so that somebody else need not wait. */
    public boolean givesWay() {
        return givesWay;
    }

    /** Whether it is no attempt, as another worker may do what this one cannot. */
    public boolean handsBack() {
        return handsBack;
    }
}
