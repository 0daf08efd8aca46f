package io.parallax.api.store;

/** How PostgreSQL is to plan a statement. */
public final class StatementHints {
    /**
     * Begins a statement whose best plan depends on the values that it is given: it is planned each time. All others are kept
     * by each connection.
     */
    public static final String ANEW = "/* planned anew */ ";

    private StatementHints() {}
}
