package io.parallax.engine.postgres.value;

/**
 * Texts of databases whose encoding is SQL_ASCII: any bytes, each of which such a database takes for a character. Those that
 * are UTF-8 are texts like all others. What is none is U+FFFF, which is in no text, and its bytes in hexadecimal.
 */
public final class AnyBytes {
    private static final String LATER_BYTE = "[\\u0080-\\u00bf]";

    private static final String UTF8 = ("'^(?:[\\u0001-\\u007f]|[\\u00c2-\\u00df]L|\\u00e0[\\u00a0-\\u00bf]L"
                    + "|[\\u00e1-\\u00ec\\u00ee\\u00ef]LL|\\u00ed[\\u0080-\\u009f]L|\\u00f0[\\u0090-\\u00bf]LL"
                    + "|[\\u00f1-\\u00f3]LLL|\\u00f4[\\u0080-\\u008f]LL)*$'")
            .replace("L", LATER_BYTE);

    /** What stands before a text for it to become UTF-8. */
    static final String CANONICAL = "(select case when x ~ '[\\u0080-\\u00ff]' and not x ~ " + UTF8
            + " then chr(239) || chr(191) || chr(191) || encode(convert_to(x, 'SQL_ASCII'), 'hex') else x end from (select (";

    private AnyBytes() {}

    /** The beginning of a text for people to read; if it is not all ASCII, other bytes are three octal digits. */
    public static String beginning(String text, int most) {
        return "case when %1$s ~ '[\\u0080-\\u00ff]' then encode(convert_to(left(%1$s, %2$d), 'SQL_ASCII'), 'escape') else left(%1$s, %2$d) end"
                .formatted(text, most);
    }

    /** A UTF-8 text, at most {@code longest} characters of it whole. */
    static String bounded(String text, int longest, int beginning) {
        return ("(select case when octet_length(x) > %2$d and octet_length(regexp_replace(x, '%4$s+', '', 'g')) > %2$d"
                        + " then case when x ~ '%4$s' then (select string_agg(m[1], '' order by n) from regexp_matches(x,"
                        + " '[^\\u0080-\\u00bf]%4$s*', 'g') with ordinality r(m, n) where n <= %3$d) else left(x, %3$d) end"
                        + " || encode(sha256(convert_to(x, 'SQL_ASCII')), 'hex') else x end from (select %1$s as x offset 0) y)")
                .formatted(text, longest, beginning, LATER_BYTE);
    }
}
