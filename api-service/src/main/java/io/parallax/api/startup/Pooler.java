package io.parallax.api.startup;

import java.util.Arrays;
import java.util.Locale;

/** What stands between this service and its store. */
enum Pooler {
    /** Nothing, or what leaves each session its connection. */
    NONE,

    /** One that gives each transaction whichever connection is free: nothing outlasts a transaction. */
    TRANSACTION;

    /** @throws IllegalStateException when the word is none of them */
    static Pooler of(String word) {
        return Arrays.stream(values())
                .filter(pooler -> pooler.name().toLowerCase(Locale.ROOT).equals(word.strip()))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(
                        "PARALLAX_STORE_POOLER is " + word + "; it must be none or transaction."));
    }
}
