package io.parallax.engine.type;

/** What kind of values a column has; only columns of one family are compared. */
public enum Family {
    NUMBER,
    TEXT,
    BOOLEAN,
    DATE,
    TIMESTAMP,
    TIMESTAMPTZ,
    TIME,
    INTERVAL,
    UUID,
    BINARY,
    JSON,
    ARRAY,
    /** Whatever has no family of its own; compared as text. */
    OTHER
}
