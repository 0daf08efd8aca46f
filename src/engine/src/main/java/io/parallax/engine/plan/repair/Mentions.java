package io.parallax.engine.plan.repair;

import java.util.regex.Pattern;

/** Whether some SQL may speak of a column: it does only where it has the name in it, or writes names in another way. */
final class Mentions {
    private static final Pattern ESCAPED_NAME = Pattern.compile("(?i)u&\"");

    private Mentions() {}

    static boolean of(String sql, String column) {
        String name = Pattern.quote(column.replace("\"", "\"\""));
        return ESCAPED_NAME.matcher(sql).find()
                || Pattern.compile(
                                "(?<![\\w$])" + name + "(?![\\w$])",
                                Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE | Pattern.UNICODE_CHARACTER_CLASS)
                        .matcher(sql)
                        .find();
    }
}
