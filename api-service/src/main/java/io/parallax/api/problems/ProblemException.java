package io.parallax.api.problems;

/** A request that is answered with this status and one sentence for a person. */
public class ProblemException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;

    public ProblemException(int status, String detail) {
        super(detail);
        this.status = status;
    }

    public static ProblemException notFound(String what, Object id) {
        return new ProblemException(404, "There is no " + what + " " + id + ".");
    }

    public int status() {
        return status;
    }
}
