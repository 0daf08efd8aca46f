package io.parallax.text.postgres;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which texts databases of PostgreSQL's encodings take. */
final class Encodings {
    private static final Pattern NUMBERED = Pattern.compile("(WIN|ISO_8859_)(\\d+)");

    /** What is shown of a text that is none begins with one of these, and is not what it stands for. */
    private static final String STANDS_FOR_BYTES = "\uFFFF\u0001";

    private static final Map<String, String> JAVA_NAMES = Map.ofEntries(
            Map.entry("LATIN1", "ISO-8859-1"),
            Map.entry("LATIN2", "ISO-8859-2"),
            Map.entry("LATIN3", "ISO-8859-3"),
            Map.entry("LATIN4", "ISO-8859-4"),
            Map.entry("LATIN5", "ISO-8859-9"),
            Map.entry("LATIN7", "ISO-8859-13"),
            Map.entry("LATIN9", "ISO-8859-15"),
            Map.entry("WIN866", "IBM866"),
            Map.entry("WIN874", "x-windows-874"),
            Map.entry("KOI8R", "KOI8-R"),
            Map.entry("KOI8U", "KOI8-U"),
            Map.entry("EUC_JP", "EUC-JP"),
            Map.entry("EUC_KR", "EUC-KR"),
            Map.entry("EUC_CN", "GB2312"));

    private Encodings() {}

    /** Whether the encoding has all characters of a text; none but ASCII's where that is not known. */
    static boolean has(String encoding, String text) {
        if (!text.isEmpty() && STANDS_FOR_BYTES.indexOf(text.charAt(0)) >= 0) {
            return false;
        }
        return encoding.equals("UTF8")
                || encoding.equals("SQL_ASCII")
                || charset(encoding).newEncoder().canEncode(text);
    }

    private static Charset charset(String encoding) {
        Matcher numbered = NUMBERED.matcher(encoding);
        String name = JAVA_NAMES.getOrDefault(
                encoding,
                !numbered.matches()
                        ? ""
                        : (numbered.group(1).equals("WIN") ? "windows-" : "ISO-8859-") + numbered.group(2));
        return !name.isEmpty() && Charset.isSupported(name) ? Charset.forName(name) : StandardCharsets.US_ASCII;
    }
}
