package io.parallax.engine.postgres.session;

import java.io.IOException;

/** The operator does not let Parallax talk to an address; it is not told which. */
final class ForbiddenHostException extends IOException {
    private static final long serialVersionUID = 1L;

    ForbiddenHostException() {
        super("Connections to this host are not allowed by the operator of Parallax.");
    }
}
