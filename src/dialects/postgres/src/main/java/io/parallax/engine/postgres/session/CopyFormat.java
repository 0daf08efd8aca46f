package io.parallax.engine.postgres.session;

/** How rows travel that nobody looks into. */
enum CopyFormat {
    /** As the types send themselves: no setting changes that. */
    BINARY(" (format binary)"),
    /** Where that cannot be: standard texts, as the bytes that they are, for which there may be no UTF-8. */
    TEXT(" (encoding 'SQL_ASCII')");

    private final String sql;

    CopyFormat(String sql) {
        this.sql = sql;
    }

    String sql() {
        return sql;
    }
}
