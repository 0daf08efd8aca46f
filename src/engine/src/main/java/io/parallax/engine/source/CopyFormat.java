package io.parallax.engine.source;

/** How rows travel that nobody looks into. */
enum CopyFormat {
    /** As the types send themselves: no setting changes that. */
    BINARY(" (format binary)"),
    /** Of types that do not. */
    TEXT("");

    private final String sql;

    CopyFormat(String sql) {
        this.sql = sql;
    }

    String sql() {
        return sql;
    }
}
