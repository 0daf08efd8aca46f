package io.parallax.engine.postgres.value;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Texts of databases whose encoding has bytes that are no character, which such a database takes all the same, but does not
 * send. What has one is U+0001, which hardly any text begins with, and all its bytes in hexadecimal.
 */
public final class Unmapped {
    /** By PostgreSQL's name of the encoding; there are more in encodings of several bytes. */
    private static final Map<String, String> BYTES = Map.ofEntries(
            Map.entry(
                    "ISO_8859_6",
                    "\\u00a1-\\u00a3\\u00a5-\\u00ab\\u00ae-\\u00ba\\u00bc-\\u00be\\u00c0\\u00db-\\u00df\\u00f3-\\u00ff"),
            Map.entry("ISO_8859_7", "\\u00ae\\u00d2\\u00ff"),
            Map.entry("ISO_8859_8", "\\u00a1\\u00bf-\\u00de\\u00fb\\u00fc\\u00ff"),
            Map.entry("LATIN3", "\\u00a5\\u00ae\\u00be\\u00c3\\u00d0\\u00e3\\u00f0"),
            Map.entry("WIN1250", "\\u0081\\u0083\\u0088\\u0090\\u0098"),
            Map.entry("WIN1251", "\\u0098"),
            Map.entry("WIN1252", "\\u0081\\u008d\\u008f\\u0090\\u009d"),
            Map.entry(
                    "WIN1253",
                    "\\u0081\\u0088\\u008a\\u008c-\\u0090\\u0098\\u009a\\u009c-\\u009f\\u00aa\\u00d2\\u00ff"),
            Map.entry("WIN1254", "\\u0081\\u008d-\\u0090\\u009d\\u009e"),
            Map.entry(
                    "WIN1255",
                    "\\u0081\\u008a\\u008c-\\u0090\\u009a\\u009c-\\u009f\\u00ca\\u00d9-\\u00df\\u00fb\\u00fc\\u00ff"),
            Map.entry(
                    "WIN1257", "\\u0081\\u0083\\u0088\\u008a\\u008c\\u0090\\u0098\\u009a\\u009c\\u009f\\u00a1\\u00a5"),
            Map.entry("WIN1258", "\\u0081\\u008a\\u008d-\\u0090\\u009a\\u009d\\u009e"),
            Map.entry("WIN874", "\\u0081-\\u0084\\u0086-\\u0090\\u0098-\\u009f\\u00db-\\u00de\\u00fc-\\u00ff"));

    /** Whether a text has such a byte; NULL in a database without. */
    static final String HAS_ONE = new TreeMap<>(BYTES)
            .entrySet().stream()
                    .map(each -> " when current_setting('server_encoding') = '" + each.getKey() + "' then '["
                            + each.getValue() + "]'")
                    .collect(Collectors.joining("", "x ~ case", " end"));

    /** What stands before a text for it to be one that is sent. */
    static final String CANONICAL = "(select case when " + HAS_ONE
            + " then chr(1) || encode(convert_to(x, current_setting('server_encoding')), 'hex') else x end from (select (";

    private Unmapped() {}

    /** Whether a database of that encoding may have such bytes. */
    public static boolean areIn(String encoding) {
        return BYTES.containsKey(encoding);
    }

    /** The beginning of a text for people to read. */
    public static String beginning(String text, int most) {
        return "left(" + CANONICAL + text + JsonText.OF + ", " + most + ")";
    }
}
