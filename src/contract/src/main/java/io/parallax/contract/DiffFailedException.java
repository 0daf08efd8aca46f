package io.parallax.contract;

import org.jspecify.annotations.Nullable;

/** Ends a diff, or one task of it, with a {@link Failure} that the caller may see. */
public class DiffFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** What follows for those who try again, or do something else with the same plan or source. */
    private enum Consequence {
        NONE,
        LOSES_PLAN,
        GIVES_WAY,
        HANDS_BACK,
        SILENT,
        FULL
    }

    private final transient Failure failure;
    private final Consequence consequence;
    private final @Nullable String place;

    public DiffFailedException(ErrorType type, String message) {
        this(type, message, null);
    }

    /** The cause is for our logs only. */
    public DiffFailedException(ErrorType type, String message, @Nullable Throwable cause) {
        this(new Failure(type, message), cause, Consequence.NONE, null);
    }

    private DiffFailedException(
            Failure failure, @Nullable Throwable cause, Consequence consequence, @Nullable String place) {
        super(failure.type().publicName() + ": " + failure.message(), cause);
        this.failure = failure;
        this.consequence = consequence;
        this.place = place;
    }

    /** Nothing was tried: this worker cannot, and another one may. */
    public static DiffFailedException handingBack(String message, @Nullable Throwable cause) {
        return new DiffFailedException(new Failure(ErrorType.INTERNAL, message), cause, Consequence.HANDS_BACK, null);
    }

    /** What the plan depends on, such as a snapshot, is gone: no attempt at any of its tasks can succeed any more. */
    public static DiffFailedException losingPlan(ErrorType type, String message, @Nullable Throwable cause) {
        return new DiffFailedException(new Failure(type, message), cause, Consequence.LOSES_PLAN, null);
    }

    /** Somebody else waited for a lock of it: what it depends on was let go, and only a new plan may succeed. */
    public static DiffFailedException givingWay(String message) {
        return new DiffFailedException(new Failure(ErrorType.TIMEOUT, message), null, Consequence.GIVES_WAY, null);
    }

    /** The source does not answer: somebody has just waited for it as long as anybody may, so that others need not. */
    public static DiffFailedException silent(Failure failure, @Nullable Throwable cause) {
        return new DiffFailedException(failure, cause, Consequence.SILENT, null);
    }

    /** The source has no connection left: fewer of them at a time may succeed. */
    public static DiffFailedException full(Failure failure, @Nullable Throwable cause) {
        return new DiffFailedException(failure, cause, Consequence.FULL, null);
    }

    /** The same, in other words. */
    public DiffFailedException saying(String message) {
        return new DiffFailedException(new Failure(failure.type(), message), this, consequence, place);
    }

    /** The same, saying first what it comes of, such as {@code Side A}, unless it does already; not that work was stopped. */
    public DiffFailedException at(String origin) {
        return place != null || failure.type() == ErrorType.CANCELLED
                ? this
                : new DiffFailedException(
                        new Failure(failure.type(), origin + ": " + failure.message()), this, consequence, origin);
    }

    public Failure failure() {
        return failure;
    }

    /** Whether only a new plan may succeed. */
    public boolean losesPlan() {
        return consequence == Consequence.LOSES_PLAN || consequence == Consequence.GIVES_WAY;
    }

    /** Whether it ended so that somebody else need not wait. */
    public boolean givesWay() {
        return consequence == Consequence.GIVES_WAY;
    }

    /** Whether it is no attempt, as another worker may do what this one cannot. */
    public boolean handsBack() {
        return consequence == Consequence.HANDS_BACK;
    }

    /** Whether a source has no connection left. */
    public boolean full() {
        return consequence == Consequence.FULL;
    }

    /** Whether a source has not answered at all. */
    public boolean silent() {
        return consequence == Consequence.SILENT;
    }
}
