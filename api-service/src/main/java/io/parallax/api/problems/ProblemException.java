package io.parallax.api.problems;

import org.jspecify.annotations.Nullable;

/** A request that is answered with this status and one sentence for a person. */
public class ProblemException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final @Nullable String diffStatus;

    public ProblemException(int status, String detail) {
        this(status, detail, null);
    }

    private ProblemException(int status, String detail, @Nullable String diffStatus) {
        super(detail);
        this.status = status;
        this.diffStatus = diffStatus;
    }

    /**
     * What is asked for is there only once a diff is done.
     *
     * @param diffStatus where it is in its life
     * @param error why it failed; null unless it did
     */
    public static ProblemException notDone(String diffStatus, @Nullable String error) {
        String detail =
                switch (diffStatus) {
                    case "failed" -> "The diff failed." + (error == null ? "" : " " + error);
                    case "cancelled" -> "The diff was cancelled.";
                    default -> "The diff is " + diffStatus + "; ask again when it is done.";
                };
        return ofDiff(diffStatus, detail);
    }

    /** The same in words of the caller's own. */
    public static ProblemException ofDiff(String diffStatus, String detail) {
        return new ProblemException(409, detail, diffStatus);
    }

    public static ProblemException notFound(String what, Object id) {
        return new ProblemException(404, "There is no " + what + " " + id + ".");
    }

    public int status() {
        return status;
    }

    /** Where a diff is in its life that is not done; null where it is about something else. */
    public @Nullable String diffStatus() {
        return diffStatus;
    }
}
