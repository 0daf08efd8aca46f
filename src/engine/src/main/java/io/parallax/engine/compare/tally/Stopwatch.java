package io.parallax.engine.compare.tally;

import java.util.concurrent.TimeUnit;

/** Runs from its making on. */
public final class Stopwatch {
    private final long started = System.nanoTime();

    public long milliseconds() {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - started);
    }
}
