package io.parallax.api.security;

import io.parallax.api.problems.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** How many calls each key may make of this replica: so many a second on the average, twice as many at once. */
@ApplicationScoped
public class RateLimits {
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
     * @param told what is left; nothing where any number may be made
     * @throws ProblemException (429) when it has none left
     */
    void take(long key, Consumer<Allowance> told) {
        if (perSecond <= 0) {
            return;
        }
        Allowance allowance = buckets.computeIfAbsent(key, id -> new Bucket(perSecond, 2 * perSecond, clock))
                .take();
        told.accept(allowance);
        if (!allowance.taken()) {
            throw new ProblemException(
                    429, "This API key makes more than " + (long) Math.ceil(perSecond) + " calls a second; slow down.");
        }
    }
}
