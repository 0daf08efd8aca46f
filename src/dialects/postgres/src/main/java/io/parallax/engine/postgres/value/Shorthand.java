package io.parallax.engine.postgres.value;

import io.parallax.engine.type.ColumnType;
import io.parallax.engine.type.Repertoire;
import java.util.Map;

/**
 * What plans call the expressions that are long and in them many times, once for each column. They are written out before
 * a database sees them.
 */
public final class Shorthand {
    private static final String END = ")\"parallax: end\"";

    /** Of what is no text, or not to be cast to one. */
    private static final String END_AS_IS = ")\"parallax: end as is\"";

    private static final String AS_IS = ") as x offset 0) y)";

    /** What each is in full. */
    private static final Map<String, String> WRITTEN = Map.ofEntries(
            Map.entry(opening("json"), JsonText.CANONICAL),
            Map.entry(opening("json in other order"), JsonText.inByteOrder(JsonText.CANONICAL)),
            Map.entry(opening("json of LATIN1"), JsonText.of("LATIN1", JsonText.CANONICAL)),
            Map.entry(opening("json of ASCII"), JsonText.of("SQL_ASCII", JsonText.CANONICAL)),
            Map.entry(
                    opening("json of ASCII in other order"),
                    JsonText.of("SQL_ASCII", JsonText.inByteOrder(JsonText.CANONICAL))),
            Map.entry(opening("no jsonb"), JsonText.IS_NO_JSONB),
            Map.entry(opening("no jsonb of LATIN1"), JsonText.of("LATIN1", JsonText.IS_NO_JSONB)),
            Map.entry(opening("no jsonb of ASCII"), JsonText.of("SQL_ASCII", JsonText.IS_NO_JSONB)),
            Map.entry(opening("jsonb in other order"), JsonText.JSONB_IN_BYTE_ORDER),
            Map.entry(opening("any bytes"), AnyBytes.CANONICAL),
            Map.entry(opening("mapped"), Unmapped.CANONICAL),
            Map.entry(opening("text of float4"), FloatTexts.OF_SINGLE),
            Map.entry(opening("text of float8"), FloatTexts.OF_DOUBLE),
            Map.entry(opening("text of point"), GeometricTexts.OF_POINT),
            Map.entry(opening("text of line"), GeometricTexts.OF_LINE),
            Map.entry(opening("text of lseg"), GeometricTexts.OF_SEGMENT),
            Map.entry(opening("text of box"), GeometricTexts.OF_BOX),
            Map.entry(opening("text of path"), GeometricTexts.OF_PATH),
            Map.entry(opening("text of polygon"), GeometricTexts.OF_POLYGON),
            Map.entry(opening("text of circle"), GeometricTexts.OF_CIRCLE));

    private Shorthand() {}

    private static String opening(String name) {
        return "\"parallax: " + name + "\"(";
    }

    /** The canonical form of a json text. */
    static String json(String sql, ColumnType own, ColumnType other) {
        return opening("json" + escapes(own, other) + (JsonText.isInOtherOrder(own) ? " in other order" : ""))
                + sql
                + END;
    }

    /** Whether a json text is no jsonb value. */
    static String isNoJsonb(String sql, ColumnType own, ColumnType other) {
        return opening("no jsonb" + escapes(own, other)) + sql + END;
    }

    /** The text of a jsonb, with its names in the order that they have in UTF-8. */
    static String jsonb(String sql) {
        return opening("jsonb in other order") + sql + END;
    }

    /** Which escapes are of characters where the other side's json texts might be of fewer than its own. */
    private static String escapes(ColumnType own, ColumnType other) {
        Repertoire both = other.name().equals("json") ? own.repertoire().lesser(other.repertoire()) : own.repertoire();
        boolean isOwn = both == own.repertoire() || own.repertoire().compareTo(Repertoire.OTHER) >= 0;
        return isOwn ? "" : both == Repertoire.LATIN1 ? " of LATIN1" : " of ASCII";
    }

    /** A text of any bytes in UTF-8. */
    static String anyBytes(String sql) {
        return opening("any bytes") + sql + END;
    }

    /** A text of what can be sent. */
    static String mapped(String sql) {
        return opening("mapped") + sql + END;
    }

    /** PostgreSQL's own text of a float or of a geometric type, with all digits that it takes. */
    static String digits(String sql, String type) {
        return opening("text of " + type) + sql + END_AS_IS;
    }

    /** An expression of ours in full; users' own are left alone. */
    public static String written(String sql) {
        if (!sql.contains(END) && !sql.contains(END_AS_IS)) {
            return sql;
        }
        String written = sql;
        for (Map.Entry<String, String> each : WRITTEN.entrySet()) {
            written = written.replace(each.getKey(), each.getValue());
        }
        return written.replace(END, JsonText.OF).replace(END_AS_IS, AS_IS);
    }
}
