package io.parallax.engine.postgres.value;

import io.parallax.engine.type.ColumnType;
import io.parallax.engine.type.Repertoire;

/**
 * Values of type json, which are texts. Those that are no jsonb value are told by these rules on every server, whatever its
 * version takes:
 *
 * <ul>
 *   <li>an escape stands for U+0000, for half of a surrogate pair, or, where the encoding of either side's database is not
 *       UTF-8, for a character that it may lack
 *   <li>a number is none that numeric holds: at most 131072 digits before the point and 16383 after it, with an exponent of
 *       at most 9 digits
 *   <li>it is nested deeper than 5000 levels; it is larger than 80 MB, or might be larger than jsonb can be; its numbers are
 *       longer than 50 MB when written out
 * </ul>
 *
 * <p>What is no such thing is looked at but roughly, which most texts pass; the others are looked at exactly. Each text is
 * made once, as {@code x}, in a query of its own, so that nothing of it is a constant: the database computes what it can of
 * these ahead, branches that are never taken included.
 */
final class JsonText {
    /** Of the database, whatever the rule. */
    private static final String ENCODING = "current_setting('server_encoding')";

    /** All escapes are of characters: any in UTF-8, those of the first 256 in Latin 1, of ASCII elsewhere. */
    private static final String ESCAPES =
            ("case when getdatabaseencoding() = 'UTF8' then '^(?:[^\\\\]|\\\\[^u]|\\\\u(?:"
                            + "[1-9a-cefA-CEF]HHH|[dD][0-7]HH|0[1-9a-fA-F]HH|00[1-9a-fA-F]H|000[1-9a-fA-F]"
                            + "|[dD][89abAB]HH\\\\u[dD][c-fC-F]HH))*$'"
                            + " when getdatabaseencoding() = 'LATIN1' then '^(?:[^\\\\]|\\\\[^u]|\\\\u00(?:[1-9a-fA-F]H|0[1-9a-fA-F]))*$'"
                            + " else '^(?:[^\\\\]|\\\\[^u]|\\\\u00(?:[1-7]H|0[1-9a-fA-F]))*$' end")
                    .replace("H", "[0-9a-fA-F]");

    private static final String EXPONENT = "(?:^|[-[,:[:space:]])[0-9]+(?:[.][0-9]+)?[eE][-+]?[0-9]";

    /** Whether numbers may be too large or too long. */
    private static final String HAS_ODD_NUMBERS =
            "(x ~ '" + EXPONENT + "{5}' or octet_length(x) > 5000 and x ~ '[0-9]{250}|" + EXPONENT + "{2}')";

    private static final String STRING = "\"(?:[^\"\\\\]|\\\\.)*\"";

    /** All numbers; of each its digits before the point, those after it, and the exponent's sign and digits. */
    private static final String NUMBERS = "regexp_matches(x, '" + STRING
            + "|([0-9]+)(?:[.]([0-9]+))?(?:[eE]([-+]?)0*([0-9]*))?', 'g') r(m) where m[1] is not null";

    private static final String NUMBERS_FIT =
            "(select coalesce(bool_and(fits), true) and coalesce(sum(digits), 0) <= 50000000 from (select"
                    + " case when long or zero then 0 else greatest(0, whole + power) + greatest(0, part - power) end as digits,"
                    + " not long and part - power <= 16383 and (whole + power <= 131072 or zero) as fits from (select"
                    + " coalesce(length(m[4]), 0) > 9 as long,"
                    + " case when length(m[4]) >= 1 and length(m[4]) <= 9 then (m[3] || m[4])::int4 else 0 end as power,"
                    + " coalesce(length(m[2]), 0) as part, case when m[1] <> '0' then length(m[1])"
                    + " else coalesce(length(ltrim(m[2], '0')) - length(m[2]), 0) end as whole,"
                    + " ltrim(m[1] || coalesce(m[2], ''), '0') = '' as zero from " + NUMBERS + ") n) o)";

    private static final String IS_SHALLOW =
            "(select coalesce(max(depth), 0) <= 5000 from (select sum(case when m[1] in ('[', '{') then 1 else -1 end)"
                    + " over (order by n) as depth from regexp_matches(x, '" + STRING
                    + "|([][{}])', 'g') with ordinality r(m, n) where m[1] is not null) d)";

    private static final String CONDITION = "case when octet_length(x) > 80000000 then true"
            + " when strpos(x, '\\u') > 0 and not x ~ " + ESCAPES + " then true"
            + " when " + HAS_ODD_NUMBERS + " and not " + NUMBERS_FIT + " then true"
            + " when octet_length(x) > 10000 and " + characters("[{") + " > 5000 and not " + IS_SHALLOW + " then true"
            + " when octet_length(x) > 15000000 and octet_length(x) + 16 * " + characters(",:[{")
            + " > 250000000 then true else false end";

    /** What stands before a json text for it to become its canonical form; {@link #OF} comes after it. */
    static final String CANONICAL =
            "(select case when " + CONDITION + " then x else " + CanonicalForms.jsonbText("x::jsonb") + " end" + from();

    /** The same for whether it is no jsonb value; NULL is none. */
    static final String IS_NO_JSONB = "(select " + CONDITION + from();

    /** The text of a jsonb; its names are ordered by their lengths in bytes first, which are others in UTF-8. */
    static final String JSONB_IN_BYTE_ORDER =
            "(select case when " + isSingleByte() + " and x ~ '[\\u0080-\\u00ff]' and not coalesce(" + Unmapped.HAS_ONE
                    + ", false) then " + inByteOrder() + " else x end from (select (";

    static final String OF = ")::text collate \"C\" as x offset 0) y)";

    private JsonText() {}

    /** Whether a database orders the names in a jsonb in another way than one of encoding UTF-8. */
    static boolean isInOtherOrder(ColumnType type) {
        return type.repertoire() != Repertoire.ANY && !type.unchecked();
    }

    /** The same as if the texts were of another encoding. */
    static String of(String encoding, String sql) {
        return sql.replace("getdatabaseencoding()", "'" + encoding + "'");
    }

    /** The same with names in the order that they have in UTF-8. */
    static String inByteOrder(String canonical) {
        return canonical.replace("x::jsonb", "(" + JSONB_IN_BYTE_ORDER + "x::jsonb" + OF + ")");
    }

    private static String isSingleByte() {
        return "pg_encoding_max_length(pg_char_to_encoding(" + ENCODING + ")) = 1";
    }

    /** A text's UTF-8 is taken for as many characters of a byte each, as any encoding of single bytes takes any of them. */
    private static String inByteOrder() {
        return "convert_from(convert_to(convert_from(convert_to(x, 'UTF8'), " + ENCODING + ")::jsonb::text, " + ENCODING
                + "), 'UTF8')";
    }

    private static String from() {
        return " from (select (";
    }

    /** How many of its bytes are one of these characters. */
    private static String characters(String characters) {
        return "(octet_length(x) - octet_length(translate(x, '" + characters + "', '')))";
    }
}
