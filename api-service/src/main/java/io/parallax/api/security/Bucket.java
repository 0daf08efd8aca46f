package io.parallax.api.security;

import java.util.function.LongSupplier;

/** Calls that somebody may make: so many a second on the average, and so many at once. */
final class Bucket {
    private static final double NANOS = 1e9;

    private final double perSecond;
    private final double most;
    private final LongSupplier clock;
    private long filledAt;
    private double calls;

    /** @param clock in nanoseconds */
    Bucket(double perSecond, double most, LongSupplier clock) {
        this.perSecond = perSecond;
        this.most = Math.max(1, most);
        this.clock = clock;
        this.filledAt = clock.getAsLong();
        this.calls = this.most;
    }

    /** Takes one, if there is one. */
    synchronized Allowance take() {
        fill();
        boolean taken = calls >= 1;
        if (taken) {
            calls--;
        }
        double wait = ((taken ? most : 1) - calls) / perSecond;
        return new Allowance(taken, (long) most, (long) calls, Math.max(1, (long) Math.ceil(wait)));
    }

    /** One that was taken does not count. */
    synchronized void giveBack() {
        calls = Math.min(most, calls + 1);
    }

    private void fill() {
        long now = clock.getAsLong();
        calls = Math.min(most, calls + (now - filledAt) / NANOS * perSecond);
        filledAt = now;
    }
}
