package io.parallax.api.problems;

import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

/** Lets one through in a while, and counts those that it holds back. */
final class Throttle {
    private final long nanos;
    private final LongSupplier clock;
    private final AtomicLong next;
    private final LongAdder heldBack = new LongAdder();

    /** @param clock of nanoseconds */
    Throttle(Duration pause, LongSupplier clock) {
        this.nanos = pause.toNanos();
        this.clock = clock;
        this.next = new AtomicLong(clock.getAsLong());
    }

    /** Whether this one may pass: then how many were held back since the last one that did, else empty. */
    OptionalLong pass() {
        long now = clock.getAsLong();
        long due = next.get();
        if (now - due < 0 || !next.compareAndSet(due, now + nanos)) {
            heldBack.increment();
            return OptionalLong.empty();
        }
        return OptionalLong.of(heldBack.sumThenReset());
    }
}
