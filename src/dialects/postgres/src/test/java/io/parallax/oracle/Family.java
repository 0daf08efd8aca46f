package io.parallax.oracle;

/** Types whose values may equal each other; an array compares with an array of a comparable element. */
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
    OTHER
}
