package io.parallax.bench.load;

import java.util.concurrent.TimeUnit;

/** When calls are due that come at a steady rate. */
record Pace(double perSecond) {
    Pace {
        if (!(perSecond > 0)) {
            throw new IllegalArgumentException("no pace: " + perSecond);
        }
    }

    /** Nanoseconds from the start to the call of that turn, the first of which is 0. */
    long due(long turn) {
        return (long) (turn / perSecond * TimeUnit.SECONDS.toNanos(1));
    }
}
