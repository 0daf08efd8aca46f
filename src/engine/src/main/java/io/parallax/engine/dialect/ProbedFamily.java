package io.parallax.engine.dialect;

import io.parallax.engine.type.ColumnType;
import io.parallax.engine.type.Equality;
import io.parallax.engine.type.WireForm;

/** What a dialect is trusted with, or not, as a whole: values that are compared in one way. */
public enum ProbedFamily {
    INTEGER("integers"),
    DECIMAL("exact numbers"),
    FLOAT("floats"),
    TEXT("texts"),
    BOOLEAN("booleans"),
    DATE("dates"),
    TIMESTAMP("timestamps"),
    TIMESTAMPTZ("timestamps with a zone"),
    TIME("times"),
    INTERVAL("intervals"),
    UUID("UUIDs"),
    BINARY("byte strings"),
    JSON("JSON"),
    ARRAY("arrays"),
    OTHER("types that are compared by their texts");

    private final String words;

    ProbedFamily(String words) {
        this.words = words;
    }

    /** That of values of one type that are compared with those of another. */
    public static ProbedFamily of(ColumnType own, ColumnType other) {
        return switch (own.family()) {
            case NUMBER -> number(Equality.form(own, other));
            case TEXT -> TEXT;
            case BOOLEAN -> BOOLEAN;
            case DATE -> DATE;
            case TIMESTAMP -> TIMESTAMP;
            case TIMESTAMPTZ -> TIMESTAMPTZ;
            case TIME -> TIME;
            case INTERVAL -> INTERVAL;
            case UUID -> UUID;
            case BINARY -> BINARY;
            case JSON -> JSON;
            case ARRAY -> ARRAY;
            case OTHER -> OTHER;
        };
    }

    private static ProbedFamily number(WireForm form) {
        return switch (form) {
            case NUMERIC -> DECIMAL;
            case FLOAT8 -> FLOAT;
            default -> INTEGER;
        };
    }

    /** For people, as many. */
    public String words() {
        return words;
    }
}
