package io.parallax.contract;

import org.jspecify.annotations.Nullable;

/** Ends a task because what its plan depends on is gone: only a new plan may succeed. */
public final class PlanLostException extends DiffFailedException {
    private static final long serialVersionUID = 1L;

    /** The cause is for our logs only. */
    public PlanLostException(String message, @Nullable Throwable cause) {
        super(ErrorType.SOURCE_UNREACHABLE, message, cause);
    }
}
