package io.parallax.engine.sql;

import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Walks over SQL the way PostgreSQL's lexer does (standard_conforming_strings on), to find where it ends.
 *
 * <p>Where versions of PostgreSQL lex differently, it refuses; so nothing that it takes for quoted is code to any of them.
 */
final class SqlScanner {
    private static final int NOWHERE = -1;
    private static final char DELETE = 0x7f;

    private final String text;

    /** What stands for parameters, as SQL: by "1" where the text says $1, by "name" where it says :name. */
    private final Map<String, String> values;

    private final Set<String> used = new HashSet<>();
    private final StringBuilder filled = new StringBuilder();
    private final NavigableMap<Integer, Integer> anchors = new TreeMap<>(Map.of(0, 0));
    private int copied;
    private int at;
    private int depth;
    private int opened;
    private int semicolon = NOWHERE;
    private @Nullable String first;
    private boolean backslash;

    private SqlScanner(String text, Map<String, String> values) {
        this.text = text;
        this.values = values;
    }

    /**
     * The scan of a text that is one balanced piece of SQL.
     *
     * @throws SqlRefusedException with the reason when it is not
     */
    static SqlScanner scan(String text) throws SqlRefusedException {
        return scan(text, Map.of());
    }

    private static SqlScanner scan(String text, Map<String, String> values) throws SqlRefusedException {
        SqlScanner scanner = new SqlScanner(text, values);
        try {
            scanner.run();
        } catch (SqlRefusedException e) {
            throw e.at(text, scanner.at);
        }
        return scanner;
    }

    private void run() throws SqlRefusedException {
        refuseUnsendable();
        while (at < text.length()) {
            step();
        }
        if (depth > 0) {
            at = opened;
            throw new SqlRefusedException("a parenthesis is never closed");
        }
    }

    /**
     * The text with values in place of its parameters; quotes and comments have none.
     *
     * @param values SQL expressions, by "1" for $1 and by "name" for :name
     * @throws SqlRefusedException also when a $n has no value, or a value no place
     */
    static FilledSql fill(String text, Map<String, String> values) throws SqlRefusedException {
        SqlScanner scanner = scan(text, values);
        for (String name : values.keySet()) {
            if (!scanner.used.contains(name)) {
                throw new SqlRefusedException("it has no parameter " + (isDigit(name.charAt(0)) ? "$" : ":") + name);
            }
        }
        return new FilledSql(
                scanner.filled.append(text, scanner.copied, text.length()).toString(), text, scanner.anchors);
    }

    /** The first word in lower case, or the first symbol; null when there are only blanks and comments. */
    @Nullable
    String first() {
        return first;
    }

    /** Whether there is a backslash in a plain string, which is an escape where standard_conforming_strings is off. */
    boolean hasBackslash() {
        return backslash;
    }

    /** The text without its closing semicolon. */
    String statement() {
        return semicolon == NOWHERE ? text : text.substring(0, semicolon);
    }

    private void refuseUnsendable() throws SqlRefusedException {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            at = i;
            if (c == 0 || Character.isLowSurrogate(c)) {
                throw new SqlRefusedException("it holds a character that no SQL can hold");
            }
            if (Character.isHighSurrogate(c)) {
                i++;
                if (i == text.length() || !Character.isLowSurrogate(text.charAt(i))) {
                    throw new SqlRefusedException("it holds a character that no SQL can hold");
                }
            }
        }
        at = 0;
    }

    private void step() throws SqlRefusedException {
        refuseControl();
        if (isBlank(text.charAt(at)) || semicolon != NOWHERE && text.charAt(at) == ';') {
            at++;
        } else if (text.startsWith("--", at)) {
            lineComment();
        } else if (text.startsWith("/*", at)) {
            blockComment();
        } else {
            code();
        }
    }

    /** To some versions, some of these are blanks. */
    private void refuseControl() throws SqlRefusedException {
        char c = text.charAt(at);
        if (c < ' ' && !isBlank(c) || c == DELETE) {
            throw new SqlRefusedException("it holds the control character U+%04X outside of quotes".formatted((int) c));
        }
    }

    private void code() throws SqlRefusedException {
        if (semicolon != NOWHERE) {
            throw new SqlRefusedException("there is more than one statement");
        }
        char c = text.charAt(at);
        if (isWord(c)) {
            word();
            return;
        }
        if (first == null) {
            first = String.valueOf(c);
        }
        switch (c) {
            case '\'', '"' -> quoted(c);
            case '$' -> dollar();
            case ':' -> colon();
            default -> symbol(c);
        }
    }

    private void symbol(char c) throws SqlRefusedException {
        if (c == '(') {
            opened = depth == 0 ? at : opened;
            depth++;
        } else if (c == ')') {
            depth--;
        } else if (c == ';') {
            semicolon = at;
        }
        if (depth < 0) {
            throw new SqlRefusedException("a parenthesis is closed that was never opened");
        }
        if (semicolon != NOWHERE && depth > 0) {
            throw new SqlRefusedException("there is a semicolon inside of parentheses");
        }
        at++;
    }

    private void word() throws SqlRefusedException {
        int start = at;
        while (at < text.length() && (isWord(text.charAt(at)) || text.charAt(at) == '$')) {
            at++;
        }
        String word = text.substring(start, at);
        if (first == null) {
            first = word.toLowerCase(Locale.ROOT);
        }
        boolean quote = at < text.length() && text.charAt(at) == '\'';
        if (isDigit(word.charAt(0)) && (quote || word.indexOf('$') >= 0)) {
            // 1E'..' and 1$$..$$ mean different things to different versions.
            throw new SqlRefusedException("a number runs into a quote; put a blank between them");
        }
        if (quote && word.equalsIgnoreCase("e")) {
            escapeString();
        }
    }

    private void quoted(char quote) throws SqlRefusedException {
        int end = text.indexOf(quote, at + 1);
        if (end < 0) {
            throw new SqlRefusedException(quote == '"' ? "a quoted name is never closed" : "a string is never closed");
        }
        backslash |= quote == '\'' && !isUnicode() && text.substring(at, end).indexOf('\\') >= 0;
        // A doubled quote is read as two strings side by side, which ends at the same place.
        at = end + 1;
    }

    /** Whether a string begins with U&, so that there are escapes in it whatever the setting. */
    private boolean isUnicode() {
        return at > 1
                && text.charAt(at - 1) == '&'
                && Character.toLowerCase(text.charAt(at - 2)) == 'u'
                && (at == 2 || !isWord(text.charAt(at - 3)));
    }

    private void escapeString() throws SqlRefusedException {
        do {
            at++;
            while (at < text.length() && text.charAt(at) != '\'') {
                at += text.charAt(at) == '\\' ? 2 : 1;
            }
            if (at >= text.length()) {
                throw new SqlRefusedException("a string is never closed");
            }
            at++;
        } while (at < text.length() && text.charAt(at) == '\'');
        refuseContinuation();
    }

    /** PostgreSQL goes on reading escapes in a plain string that continues an E'' string on another line. */
    private void refuseContinuation() throws SqlRefusedException {
        int end = at;
        while (at < text.length() && (isBlank(text.charAt(at)) || text.startsWith("--", at))) {
            step();
        }
        if (at < text.length() && text.charAt(at) == '\'') {
            throw new SqlRefusedException("an E'' string is followed by another string; join them with ||");
        }
        at = end;
    }

    private void dollar() throws SqlRefusedException {
        int end = wordEnd(at + 1);
        boolean isTag = end < text.length() && text.charAt(end) == '$' && !isDigit(text.charAt(at + 1));
        if (isTag) {
            dollarQuoted(end);
            return;
        }
        String name = text.substring(at + 1, end);
        if (!values.containsKey(name)) {
            throw new SqlRefusedException(
                    values.isEmpty()
                            ? "there is a lone $, and no parameters are given"
                            : "there is no value for the parameter $" + name);
        }
        parameter(name, end);
    }

    /** A cast, an assignment, a slice or a parameter. */
    private void colon() {
        int end = wordEnd(at + 1);
        String name = text.substring(at + 1, end);
        if (text.startsWith("::", at)) {
            at += 2;
        } else if (!name.isEmpty() && !isDigit(name.charAt(0)) && values.containsKey(name)) {
            parameter(name, end);
        } else {
            at++;
        }
    }

    /** In parentheses, so that it joins nothing before or after it. */
    private void parameter(String name, int end) {
        filled.append(text, copied, at);
        anchors.put(filled.length(), -1 - at);
        filled.append('(').append(values.get(name)).append(')');
        anchors.put(filled.length(), end);
        used.add(name);
        copied = end;
        at = end;
    }

    private int wordEnd(int from) {
        int end = from;
        while (end < text.length() && isWord(text.charAt(end))) {
            end++;
        }
        return end;
    }

    private void dollarQuoted(int end) throws SqlRefusedException {
        String tag = text.substring(at, end + 1);
        int close = text.indexOf(tag, end + 1);
        if (close < 0) {
            throw new SqlRefusedException("the string that starts with " + tag + " is never closed");
        }
        at = close + tag.length();
    }

    private void lineComment() throws SqlRefusedException {
        while (at < text.length() && text.charAt(at) != '\n' && text.charAt(at) != '\r') {
            refuseControl();
            at++;
        }
    }

    private void blockComment() throws SqlRefusedException {
        int nesting = 0;
        int start = at;
        do {
            if (at >= text.length()) {
                at = start;
                throw new SqlRefusedException("a comment is never closed");
            }
            refuseControl();
            boolean opens = text.startsWith("/*", at);
            boolean closes = text.startsWith("*/", at);
            nesting += opens ? 1 : closes ? -1 : 0;
            at += opens || closes ? 2 : 1;
        } while (nesting > 0);
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isWord(char c) {
        return isDigit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c >= 0x80;
    }
}
