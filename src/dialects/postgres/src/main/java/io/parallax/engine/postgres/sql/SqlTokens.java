package io.parallax.engine.postgres.sql;

import java.util.ArrayList;
import java.util.List;

/** Cuts SQL that we wrote into its pieces, with standard_conforming_strings on. */
final class SqlTokens {
    private static final String OPERATOR_SIGNS = "+-*/<>=~!@#%^&|`?";

    /** Only with one of these may an operator of several characters end in + or -. */
    private static final String UNUSUAL_SIGNS = "~!@#%^&|`?";

    private final String sql;
    private final String mark;
    private final List<SqlToken> tokens = new ArrayList<>();
    private int at;

    private SqlTokens(String sql, String mark) {
        this.sql = sql;
        this.mark = mark;
    }

    /** {@code mark}: what stands first in parentheses that are one piece. */
    static List<SqlToken> of(String sql, String mark) {
        SqlTokens cut = new SqlTokens(sql, mark);
        while (cut.at < sql.length()) {
            cut.step();
        }
        return cut.tokens;
    }

    private void step() {
        char c = sql.charAt(at);
        if (Character.isWhitespace(c)) {
            at++;
        } else if (sql.startsWith("--", at) || sql.startsWith("/*", at)) {
            at = afterComment(at);
        } else if (c == '\'') {
            add(SqlToken.Kind.STRING, afterQuote(at, c));
        } else if (c == '"') {
            add(SqlToken.Kind.QUOTED, afterQuote(at, c));
        } else if (c == '(' && isGiven()) {
            add(SqlToken.Kind.GIVEN, afterGroup(at));
        } else if (c == ',' || c == ';') {
            add(SqlToken.Kind.SEPARATOR, at + 1);
        } else {
            word(c);
        }
    }

    private void word(char c) {
        if (sql.startsWith("::", at)) {
            add(SqlToken.Kind.SIGN, at + 2);
        } else if (isDigit(c) || c == '.' && at + 1 < sql.length() && isDigit(sql.charAt(at + 1)) && !followsName()) {
            add(SqlToken.Kind.NUMBER, afterNumber());
        } else if (isNameSign(c)) {
            add(SqlToken.Kind.WORD, afterName());
        } else if (OPERATOR_SIGNS.indexOf(c) >= 0) {
            add(SqlToken.Kind.OPERATOR, afterOperator());
        } else {
            add(SqlToken.Kind.SIGN, at + 1);
        }
    }

    private boolean followsName() {
        SqlToken.Kind last = tokens.isEmpty()
                ? SqlToken.Kind.SIGN
                : tokens.get(tokens.size() - 1).kind();
        return last == SqlToken.Kind.WORD || last == SqlToken.Kind.QUOTED;
    }

    private void add(SqlToken.Kind kind, int end) {
        tokens.add(SqlToken.of(kind, sql.substring(at, end)));
        at = end;
    }

    private boolean isGiven() {
        int first = at + 1;
        while (first < sql.length() && Character.isWhitespace(sql.charAt(first))) {
            first++;
        }
        return sql.startsWith(mark, first);
    }

    /** Where the parenthesis that opens here is closed; the SQL is known to be balanced. */
    private int afterGroup(int start) {
        int depth = 0;
        int i = start;
        do {
            char c = sql.charAt(i);
            if (sql.startsWith("--", i) || sql.startsWith("/*", i)) {
                i = afterComment(i);
            } else if (c == '\'' || c == '"') {
                i = afterQuote(i, c);
            } else if (c == '$' && !(i > 0 && isNameSign(sql.charAt(i - 1)))) {
                i = afterDollar(i);
            } else {
                depth += c == '(' ? 1 : c == ')' ? -1 : 0;
                i++;
            }
        } while (depth > 0 && i < sql.length());
        return i;
    }

    private int afterComment(int start) {
        if (sql.startsWith("--", start)) {
            int end = start;
            while (end < sql.length() && sql.charAt(end) != '\n' && sql.charAt(end) != '\r') {
                end++;
            }
            return end;
        }
        int nesting = 0;
        int i = start;
        do {
            boolean opens = sql.startsWith("/*", i);
            boolean closes = sql.startsWith("*/", i);
            nesting += opens ? 1 : closes ? -1 : 0;
            i += opens || closes ? 2 : 1;
        } while (nesting > 0 && i < sql.length());
        return i;
    }

    /** A doubled quote is read as two strings side by side; one after a lone E has escapes. */
    private int afterQuote(int start, char quote) {
        boolean escapes = quote == '\''
                && start > 0
                && (sql.charAt(start - 1) == 'e' || sql.charAt(start - 1) == 'E')
                && (start == 1 || !isNameSign(sql.charAt(start - 2)));
        int end = start;
        do {
            end++;
            while (end < sql.length() && sql.charAt(end) != quote) {
                end += escapes && sql.charAt(end) == '\\' ? 2 : 1;
            }
            end++;
        } while (end < sql.length() && sql.charAt(end) == quote);
        return Math.min(end, sql.length());
    }

    private int afterDollar(int start) {
        int end = start + 1;
        while (end < sql.length() && isNameSign(sql.charAt(end)) && sql.charAt(end) != '$') {
            end++;
        }
        if (end >= sql.length() || sql.charAt(end) != '$' || isDigit(sql.charAt(start + 1))) {
            return start + 1;
        }
        String tag = sql.substring(start, end + 1);
        int close = sql.indexOf(tag, end + 1);
        return close < 0 ? sql.length() : close + tag.length();
    }

    private int afterNumber() {
        int end = at;
        while (end < sql.length() && (isDigit(sql.charAt(end)) || sql.charAt(end) == '.' || isExponent(end))) {
            end++;
        }
        return end;
    }

    /** Its letter, and a sign after that. */
    private boolean isExponent(int index) {
        char c = sql.charAt(index);
        char before = sql.charAt(index - 1);
        return index > at && (c == 'e' || c == 'E' || (c == '-' || c == '+') && (before == 'e' || before == 'E'));
    }

    private int afterName() {
        int end = at;
        while (end < sql.length() && isNameSign(sql.charAt(end))) {
            end++;
        }
        return end;
    }

    private int afterOperator() {
        int end = at;
        boolean isUnusual = false;
        while (end < sql.length()
                && OPERATOR_SIGNS.indexOf(sql.charAt(end)) >= 0
                && !(end > at && (sql.startsWith("--", end) || sql.startsWith("/*", end)))) {
            isUnusual |= UNUSUAL_SIGNS.indexOf(sql.charAt(end)) >= 0;
            end++;
        }
        while (!isUnusual && end - at > 1 && (sql.charAt(end - 1) == '+' || sql.charAt(end - 1) == '-')) {
            end--;
        }
        return end;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isNameSign(char c) {
        return isDigit(c) || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_' || c == '$' || c >= 0x80;
    }
}
