package io.parallax.bench;

import java.util.Locale;

/** What is asked of the service again and again. */
enum CallKind {
    OVER,
    WAITING,
    SUMMARY,
    NOTE,
    POST;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
