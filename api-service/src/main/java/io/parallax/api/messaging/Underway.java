package io.parallax.api.messaging;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What this replica marks in the store as sent, and has not sent yet. The store's other readers take it for sent, and look for it after
 * a minute at the earliest, so that nobody may end in between who can help it.
 */
@ApplicationScoped
public class Underway {
    private final AtomicInteger count = new AtomicInteger();

    /** The same, counted while it goes on. */
    public <T> Uni<T> counted(Uni<T> work) {
        return Uni.createFrom().deferred(() -> {
            count.incrementAndGet();
            return work.onTermination().invoke(count::decrementAndGet);
        });
    }

    /** Whether there is nothing of that kind now. */
    public boolean none() {
        return count.get() == 0;
    }
}
