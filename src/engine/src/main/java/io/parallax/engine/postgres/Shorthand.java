package io.parallax.engine.postgres;

/**
 * What plans call the expressions that are long and in them many times, once for each column. They are written out before
 * a database sees them.
 */
public final class Shorthand {
    private static final String JSON = "\"parallax: json\"(";
    private static final String NO_JSONB = "\"parallax: no jsonb\"(";
    private static final String ANY_BYTES = "\"parallax: any bytes\"(";
    private static final String END = ")\"parallax: end\"";

    private Shorthand() {}

    /** The canonical form of a json text. */
    static String json(String sql) {
        return JSON + sql + END;
    }

    /** Whether a json text is no jsonb value. */
    static String isNoJsonb(String sql) {
        return NO_JSONB + sql + END;
    }

    /** A text of any bytes in UTF-8. */
    static String anyBytes(String sql) {
        return ANY_BYTES + sql + END;
    }

    /** An expression of ours in full; users' own are left alone. */
    public static String written(String sql) {
        return sql.contains(END)
                ? sql.replace(JSON, JsonText.CANONICAL)
                        .replace(NO_JSONB, JsonText.IS_NO_JSONB)
                        .replace(ANY_BYTES, AnyBytes.CANONICAL)
                        .replace(END, JsonText.OF)
                : sql;
    }
}
