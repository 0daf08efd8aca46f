package io.parallax.engine.postgres.session;

import io.parallax.contract.DiffFailedException;
import io.parallax.engine.session.Cancellation;
import io.parallax.engine.session.Waiter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * What ends a session's work before it is done: its task is cancelled, nobody needs it any more, or somebody waits for its
 * locks. Any thread may ask for that.
 */
final class Interruption {
    private final Cancellation cancellation;
    private final Runnable abandoning;
    private final Executor soon;
    private final Cancellation stop = new Cancellation();
    private final AtomicInteger running = new AtomicInteger();
    private final List<Runnable> whenLost = new ArrayList<>();
    private boolean over;
    private volatile @Nullable Waiter waiter;

    /**
     * Of one session.
     *
     * @param abandoning ends its connection at once
     * @param soon runs something in a second
     */
    Interruption(Cancellation cancellation, Runnable abandoning, Executor soon) {
        this.soon = soon;
        this.cancellation = cancellation;
        this.abandoning = abandoning;
    }

    /**
     * Has the statement cancelled and the locks released within a second, whatever the session's own thread does: a
     * transaction that is idle, or whose rows nobody takes, hears of no cancelling, but of the end of its connection.
     */
    void giveWay(Waiter toWhom) {
        if (waiter == null) {
            waiter = toWhom;
            stop.cancel();
            if (isAtWork()) {
                soon.execute(this::abandonUnlessOver);
            } else {
                abandonUnlessOver();
            }
        }
    }

    private void abandonUnlessOver() {
        List<Runnable> told;
        synchronized (this) {
            if (over) {
                return;
            }
            abandoning.run();
            told = List.copyOf(whenLost);
        }
        told.forEach(Runnable::run);
    }

    @Nullable
    Waiter waiter() {
        return waiter;
    }

    void whenLost(Runnable action) {
        synchronized (this) {
            whenLost.add(action);
        }
        if (waiter != null) {
            action.run();
        }
    }

    /** Ends what runs now or later, because nobody needs it any more. */
    void stop() {
        stop.cancel();
    }

    boolean isAtWork() {
        return running.get() > 0;
    }

    boolean isStopped() {
        return stop.cancelled() || cancellation.cancelled();
    }

    /** No way is given any more: from now on the connection may be somebody else's. */
    synchronized void end() {
        over = true;
    }

    /** Has it ended by whatever comes, until the watch is closed; {@code place}: where it runs, or null. */
    Cancellation.Watch watch(Cancellation.Running work, @Nullable String place) {
        Cancellation.Watch cancelled = cancellation.watch(work);
        running.incrementAndGet();
        try {
            Cancellation.Watch stopped = stop.watch(work);
            AtomicBoolean ended = new AtomicBoolean();
            return () -> {
                if (ended.compareAndSet(false, true)) {
                    running.decrementAndGet();
                }
                stopped.close();
                cancelled.close();
            };
        } catch (DiffFailedException e) {
            running.decrementAndGet();
            cancelled.close();
            throw failure(place);
        }
    }

    void requireGoing(@Nullable String place) {
        if (isStopped()) {
            throw failure(place);
        }
    }

    /** Whether errors come of its own doing: someone waited, or the other side failed. */
    boolean isCalledOff() {
        return stop.cancelled();
    }

    /** What interrupted work ends with. */
    DiffFailedException failure(@Nullable String place) {
        Waiter toWhom = waiter;
        if (toWhom == null || cancellation.cancelled()) {
            return Cancellation.stopped();
        }
        return place == null ? toWhom.failure() : toWhom.failure().at(place);
    }
}
