package io.parallax.api.security;

import io.parallax.api.problems.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** How many calls each key may make of this replica: so many a second on the average, twice as many at once. */
@ApplicationScoped
public class RateLimits {
    private static final double NANOS = 1e9;

    private final Map<Long, Bucket> buckets = new ConcurrentHashMap<>();
    private final double perSecond;
    private final LongSupplier clock;

    @Inject
    RateLimits(@ConfigProperty(name = "parallax.rate-limit.per-second", defaultValue = "1000") double perSecond) {
        this(perSecond, System::nanoTime);
    }

    RateLimits(double perSecond, LongSupplier clock) {
        this.perSecond = perSecond;
        this.clock = clock;
    }

    /**
     * Takes one call of a key.
     *
     * @throws ProblemException (429) when it has none left
     */
    void take(long key) {
        if (perSecond > 0
                && !buckets.computeIfAbsent(key, id -> new Bucket(clock.getAsLong(), 2 * perSecond))
                        .take()) {
            throw new ProblemException(
                    429, "This API key makes more than " + (long) Math.ceil(perSecond) + " calls a second; slow down.");
        }
    }

    private final class Bucket {
        private long filledAt;
        private double calls;

        Bucket(long now, double calls) {
            this.filledAt = now;
            this.calls = calls;
        }

        synchronized boolean take() {
            long now = clock.getAsLong();
            calls = Math.min(2 * perSecond, calls + (now - filledAt) / NANOS * perSecond);
            filledAt = now;
            if (calls < 1) {
                return false;
            }
            calls--;
            return true;
        }
    }
}
