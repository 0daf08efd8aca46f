package io.parallax.engine.sql;

/** Places in what users wrote, as editors count them. */
public final class SqlPosition {
    private SqlPosition() {}

    /** Lines and columns count from 1. */
    public static String of(String text, int offset) {
        String before = text.substring(0, Math.min(offset, text.length()));
        int lineStart = before.lastIndexOf('\n') + 1;
        long lines = before.chars().filter(sign -> sign == '\n').count();
        return "line " + (lines + 1) + ", column " + (before.codePointCount(lineStart, before.length()) + 1);
    }
}
