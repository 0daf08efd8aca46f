package io.parallax.engine.plan.probe;

/** What a server does with values of a family, right or not. */
public enum Aspect {
    /** Sends them as what they are. */
    VALUES,
    /** Sends them as keys and in order, and tells which are NULL. */
    KEYS,
    /** Takes equal keys, and no others, for equal. */
    EQUAL_KEYS,
    /** Hashes equal values of a row alike, and no others. */
    ROW_HASHES,
    /** Hashes equal keys alike, and no others. */
    KEY_HASHES
}
