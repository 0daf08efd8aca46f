package io.parallax.api.streams;

import io.parallax.api.problems.ProblemException;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.jboss.resteasy.reactive.RestMulti;

/** Places for answers that go to clients bit by bit: so many, and no more. */
@ApplicationScoped
public class Streams {
    private static final String LISTENERS = "listeners";

    private final Semaphore scripts;
    private final Semaphore listeners;
    private volatile boolean leaving;

    Streams(StreamSettings settings) {
        this.scripts = new Semaphore(settings.scripts());
        this.listeners = new Semaphore(settings.listeners());
    }

    /** Told to end; other replicas are there for whoever listens. */
    void leave(@Observes ShutdownDelayInitiatedEvent event) {
        leaving = true;
    }

    /** Whether listeners are to hear of how things are, and nothing after that: a stream would keep this service from its end. */
    public boolean leaving() {
        return leaving;
    }

    /**
     * A script, once it is known what it is made of.
     *
     * @throws ProblemException (429) when there is no place for it
     */
    public <T> Multi<String> script(Uni<T> known, Function<T, Multi<String>> lines) {
        Place place = take(scripts, "repair scripts");
        return RestMulti.fromUniResponse(
                known.onFailure().invoke(place::giveBack).onCancellation().invoke(place::giveBack),
                found -> lines.apply(found).onTermination().invoke(place::giveBack));
    }

    /**
     * Passes when there is a place for a listener; a stream of events begins before anybody could be told otherwise.
     *
     * @throws ProblemException (429) when there is none
     */
    public void requirePlaceForListener() {
        take(listeners, LISTENERS).giveBack();
    }

    /** What a listener hears; nothing when the last place is taken meanwhile. */
    public <T> Multi<T> listener(Multi<T> heard) {
        return Multi.createFrom().deferred(() -> {
            if (!listeners.tryAcquire()) {
                return Multi.createFrom().empty();
            }
            Place place = new Place(listeners);
            return heard.onTermination().invoke(place::giveBack);
        });
    }

    private static Place take(Semaphore places, String of) {
        if (!places.tryAcquire()) {
            throw new ProblemException(
                    429, "This service has as many " + of + " on their way as it may have; try again in a moment.");
        }
        return new Place(places);
    }

    /** Given back once, however often somebody tries. */
    private static final class Place {
        private final Semaphore places;
        private final AtomicBoolean taken = new AtomicBoolean(true);

        Place(Semaphore places) {
            this.places = places;
        }

        void giveBack() {
            if (taken.getAndSet(false)) {
                places.release();
            }
        }
    }
}
