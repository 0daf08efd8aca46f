package io.parallax.engine.row;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.parallax.engine.type.WireForm;
import org.jspecify.annotations.Nullable;

/**
 * A column in the form that its rows are sent in: equal values are the same bytes, others are not.
 *
 * @param sql the expression, over the dataset's own columns
 * @param encoding what its bytes mean, the same on both sides
 * @param orderBy what sorts rows by these bytes; empty where nothing does
 * @param shortens true where long values are sent as their beginning and their SHA-256; null where they are not
 * @param longest how many characters of a value are sent whole; null for {@link #LONG}
 */
public record WireColumn(
        String sql,
        WireForm encoding,
        String orderBy,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Boolean shortens,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Integer longest) {
    /**
     * Longer texts and byte strings are sent as their beginning and their SHA-256, one character longer than this: no shorter
     * value is like that, and a row's size is bounded.
     */
    public static final int LONG = 1000;

    /** With nothing longer than {@link #LONG} whole. */
    public WireColumn(String sql, WireForm encoding, String orderBy, @Nullable Boolean shortens) {
        this(sql, encoding, orderBy, shortens, null);
    }

    /** How many characters of a value are sent whole. */
    public int wholeCharacters() {
        return longest == null ? LONG : longest;
    }
}
