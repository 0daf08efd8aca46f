package io.parallax.api.ledger.leases;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Since when workers could be heard without a break. Leases that run out while store or Kafka are away, or while this
 * service is still catching up, say nothing about workers.
 */
@ApplicationScoped
public class QuietPeriod {
    private final AtomicLong since = new AtomicLong(System.nanoTime());

    /** Something in the way between workers and ledger was away just now. */
    public void disturbed() {
        since.set(System.nanoTime());
    }

    public boolean hasLasted(Duration time) {
        return System.nanoTime() - since.get() >= time.toNanos();
    }
}
