package io.parallax.engine.compare;

import java.util.concurrent.TimeUnit;

/** Runs from its making on. */
final class Stopwatch {
    private final long started = System.nanoTime();

    long milliseconds() {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - started);
    }
}
