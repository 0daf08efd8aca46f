package io.parallax.api.messaging;

import io.parallax.api.problems.OutageLog;
import io.parallax.api.problems.StoreOutage;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/** Does again and again, with pauses, what fails by anything but a bad message: an outage takes as long as it takes. */
public final class Perseverance {
    private static final Logger LOG = Logger.getLogger(Perseverance.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
    private static final int TRIES_OF_BAD_ONES = 3;

    private Perseverance() {}

    /** Until it succeeds. */
    public static <T> Uni<T> always(String what, Supplier<Uni<? extends T>> work) {
        return unless(what, work, failure -> false);
    }

    /**
     * Until it succeeds or fails for good.
     *
     * @param isAnswer failures that are for good
     */
    public static <T> Uni<T> unless(String what, Supplier<Uni<? extends T>> work, Predicate<Throwable> isAnswer) {
        return persist(what, Uni.createFrom().deferred(work), isAnswer.negate(), failure -> {});
    }

    /**
     * Until it succeeds, or the message turns out to be bad.
     *
     * @param isAnswer other failures that are for good
     * @param inTheWay is told of each failure that passes
     */
    public static <T> Uni<T> unlessBad(
            String what, Supplier<Uni<? extends T>> work, Predicate<Throwable> isAnswer, Consumer<Throwable> inTheWay) {
        Uni<T> fewTries = Uni.createFrom()
                .<T>deferred(work)
                .onFailure(failure -> BadMessage.mayBe(failure) && !isAnswer.test(failure))
                .retry()
                .withBackOff(FIRST_PAUSE)
                .atMost(TRIES_OF_BAD_ONES);
        return persist(what, fewTries, failure -> !BadMessage.caused(failure) && !isAnswer.test(failure), inTheWay);
    }

    private static <T> Uni<T> persist(
            String what, Uni<T> work, Predicate<Throwable> passes, Consumer<Throwable> inTheWay) {
        return work.onFailure(passes)
                .invoke(failure -> {
                    log(what, failure);
                    inTheWay.accept(failure);
                })
                .onFailure(passes)
                .retry()
                .withBackOff(FIRST_PAUSE, LONGEST_PAUSE)
                .indefinitely();
    }

    private static void log(String what, Throwable failure) {
        if (StoreOutage.caused(failure)) {
            OutageLog.warn(LOG, what + " will be tried again", failure);
        } else {
            // Perhaps a fault of ours, which somebody must find.
            LOG.errorf(failure, "%s will be tried again", what);
        }
    }
}
