package io.parallax.engine.postgres.session;

import io.parallax.contract.DiffFailedException;
import io.parallax.contract.Failure;
import io.parallax.engine.session.Cancellation;
import java.sql.Connection;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps work from waiting, one after the other, for servers that do not answer. Of one that nobody has heard of lately one
 * connection at a time is opened, the probe; of one that keeps somebody waiting for its first byte, one more. Whoever wants one meanwhile waits until something
 * comes back and, where nothing does, fails like it; so does everybody for a few seconds after that. A server, or a pooler, that answers and
 * then takes its time is nobody's business here.
 */
final class Probes {
    /** How long the failure of a probe is that of all. */
    static final long SHARED_NANOS = TimeUnit.SECONDS.toNanos(5);

    /** How long a server that was heard of is known to answer: connections to it are opened side by side. */
    static final long KNOWN_NANOS = TimeUnit.SECONDS.toNanos(60);

    /** Whoever has waited for longer is waited for. */
    static final long SLOW_NANOS = TimeUnit.SECONDS.toNanos(2);

    private static final int MANY = 2;
    private static final long LOOK_MILLIS = 50;
    private static final int MOST_DOORS = 1000;

    private final LongSupplier clock;
    private final Map<Server, Door> doors = new HashMap<>();

    Probes(LongSupplier clock) {
        this.clock = clock;
    }

    /** What answers, or does not. */
    record Server(String host, int port, String database) {}

    /** Opens one connection; {@code heard} is to be called when the first of its bytes comes back. */
    @FunctionalInterface
    interface Connecting {
        Connection connect(Runnable heard);
    }

    /**
     * Opens a connection, when it is its turn.
     *
     * @throws DiffFailedException as {@code connecting} has it; or as somebody else's has it, where that server is silent
     */
    Connection connect(Server server, Cancellation cancellation, Connecting connecting) {
        Attempt attempt = door(server).enter(cancellation);
        try {
            Connection connection = connecting.connect(attempt::heard);
            attempt.heard();
            return connection;
        } catch (DiffFailedException e) {
            throw attempt.failed(e);
        } finally {
            attempt.leave();
        }
    }

    private Door door(Server server) {
        synchronized (doors) {
            if (doors.size() >= MOST_DOORS) {
                doors.values().removeIf(Door::isForgotten);
            }
            return doors.computeIfAbsent(server, unused -> new Door());
        }
    }

    /** What is known of one server, and who is on the way to it. */
    private final class Door {
        /** Of whom nothing was heard so far, in the order in which they began. */
        private final Deque<Attempt> unheard = new ArrayDeque<>();

        /** Null for never. */
        private @Nullable Long heardAt;

        /** How often something was heard that is no silence. */
        private int signs;

        private @Nullable Failure silence;
        private long silentAt;

        synchronized boolean isForgotten() {
            long now = clock.getAsLong();
            return unheard.isEmpty() && !isKnown(now) && (silence == null || now - silentAt > KNOWN_NANOS);
        }

        private boolean isKnown(long now) {
            Long last = heardAt;
            return last != null && now - last < KNOWN_NANOS;
        }

        synchronized Attempt enter(Cancellation cancellation) {
            int before = signs;
            while (mustWait(before)) {
                if (cancellation.cancelled() || Thread.currentThread().isInterrupted()) {
                    throw Cancellation.stopped();
                }
                look();
            }
            Attempt attempt = new Attempt(this, clock.getAsLong());
            unheard.add(attempt);
            return attempt;
        }

        private boolean mustWait(int before) {
            long now = clock.getAsLong();
            Failure failure = silence;
            if (failure != null && now - silentAt < SHARED_NANOS) {
                throw DiffFailedException.silent(failure, null);
            }
            Attempt first = unheard.peek();
            return first != null && signs == before && (!isKnown(now) || manyWait(now, first));
        }

        /** Of one that is known to answer a single connection may be lost, which says nothing about the next one. */
        private boolean manyWait(long now, Attempt first) {
            return now - first.started >= SLOW_NANOS && unheard.size() >= MANY;
        }

        /** Whether what one has found out is so for all: nobody has heard anything since, and that one was not the only one, or knew no better. */
        boolean isSilentFor(Attempt attempt) {
            Long heard = heardAt;
            return heard == null
                    || heard - attempt.started <= 0
                            && (attempt.started - heard >= KNOWN_NANOS || unheard.size() >= MANY);
        }

        private void look() {
            try {
                wait(LOOK_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        private void sign() {
            silence = null;
            signs++;
            notifyAll();
        }
    }

    /** One on the way. */
    private final class Attempt {
        private final Door door;
        private final long started;

        private Attempt(Door door, long started) {
            this.door = door;
            this.started = started;
        }

        /** Something came back, whatever it is. */
        void heard() {
            synchronized (door) {
                door.unheard.remove(this);
                door.heardAt = clock.getAsLong();
                door.sign();
            }
        }

        /** What is to be thrown. */
        DiffFailedException failed(DiffFailedException e) {
            synchronized (door) {
                long now = clock.getAsLong();
                if (!door.unheard.contains(this)) {
                    return e;
                }
                if (!SqlFailures.isSilence(e, now - started)) {
                    door.sign();
                    return e;
                }
                if (door.isSilentFor(this)) {
                    door.silence = e.failure();
                    door.silentAt = now;
                    door.heardAt = null;
                }
                return DiffFailedException.silent(e.failure(), e);
            }
        }

        void leave() {
            synchronized (door) {
                door.unheard.remove(this);
                door.notifyAll();
            }
        }
    }
}
