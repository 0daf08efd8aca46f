package io.parallax.contract.seal;

/** The sealing key is another one than at sealing time, or the sealed text was altered. */
public final class BrokenSealException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BrokenSealException() {
        super("The connection details do not open with this sealing key; give API service and workers the same one.");
    }
}
