package io.parallax.api.datadiffs.create;

import io.parallax.api.problems.ProblemException;

/** The same request is being handled by somebody else, of whom it is not known yet what comes of it. */
public final class BeingHandledException extends ProblemException {
    private static final long serialVersionUID = 1L;

    BeingHandledException() {
        super(409, "The same request is being handled; try again.");
    }
}
