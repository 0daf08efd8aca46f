package io.parallax.bench.report;

/** The word that stands behind a figure that has a target. */
public final class Verdict {
    private Verdict() {}

    public static String of(boolean met) {
        return met ? "met" : "MISSED";
    }
}
