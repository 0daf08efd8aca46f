package io.parallax.api.repair;

/** Rows of a diff were purged while somebody read them. */
final class RowsGoneException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    RowsGoneException() {
        super("rows of the diff were purged meanwhile");
    }
}
