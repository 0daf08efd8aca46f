package io.parallax.engine.postgres.session;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parallax.engine.session.ConnectionSettings;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Keeps connections after use, as tasks are short and many, until a source has had no work for a while.
 */
final class IdleConnections implements AutoCloseable {
    private static final int MOST_PER_SOURCE = 8;

    /** For one that is about to be free. */
    private static final Duration PATIENCE = Duration.ofMillis(500);

    private final Executor ends;
    private final Map<Origin, Usage> usages = new HashMap<>();
    private boolean closed;

    /** {@code ends}: where sessions end that nobody waits for. */
    IdleConnections(Executor ends) {
        this.ends = ends;
    }

    /** All that made a connection what it is, so that changed details never meet an old one. */
    record Origin(ObjectNode options, ConnectionSettings settings) {}

    /** What a source has at this moment. */
    private static final class Usage {
        private final Deque<Connection> idle = new ArrayDeque<>();
        private int sessions;
        private int ending;
        private int waiting;
        private long ends;
    }

    /** The beginning of a session; each must be ended. */
    synchronized Use begin(Origin origin, Duration idleFor) {
        usages.computeIfAbsent(origin, unused -> new Usage()).sessions++;
        return new Use(origin, idleFor);
    }

    /** One session's time with a source. */
    final class Use {
        private final Origin origin;
        private final Duration idleFor;
        private boolean over;

        private Use(Origin origin, Duration idleFor) {
            this.origin = origin;
            this.idleFor = idleFor;
        }

        /**
         * The connection used last, out of any transaction; null when there is none. One that is about to be free is worth waiting for, as
         * a new one takes several trips.
         */
        @Nullable
        Connection spare() {
            synchronized (IdleConnections.this) {
                long patience = System.nanoTime() + PATIENCE.toNanos();
                Usage usage = usage();
                while (usage.idle.isEmpty()
                        && usage.ending > usage.waiting
                        && waited(usage, patience - System.nanoTime())) {
                    usage = usage();
                }
                return usage.idle.pollFirst();
            }
        }

        /** Has that end the session, which keeps or closes its connection: soon, unless none more may be open than are at work. */
        void ending(Runnable ending) {
            if (idleFor.isZero()) {
                ending.run();
                return;
            }
            Usage usage = usage();
            count(usage, 1);
            ends.execute(() -> {
                try {
                    ending.run();
                } finally {
                    count(usage, -1);
                }
            });
        }

        private void count(Usage usage, int endings) {
            synchronized (IdleConnections.this) {
                usage.ending += endings;
                IdleConnections.this.notifyAll();
            }
        }

        /** Keeps the connection for a while, or closes it. */
        void endKeeping(Connection connection) {
            if (!kept(connection)) {
                closeQuietly(connection);
            }
            end();
        }

        void endClosing(Connection connection) {
            closeQuietly(connection);
            end();
        }

        private boolean kept(Connection connection) {
            synchronized (IdleConnections.this) {
                boolean kept =
                        !closed && !over && !idleFor.isZero() && usage().idle.size() < MOST_PER_SOURCE;
                if (kept) {
                    usage().idle.addFirst(connection);
                }
                return kept;
            }
        }

        void end() {
            synchronized (IdleConnections.this) {
                if (over) {
                    return;
                }
                over = true;
                Usage usage = usage();
                usage.sessions--;
                if (usage.sessions > 0) {
                    return;
                }
                long end = ++usage.ends;
                CompletableFuture.delayedExecutor(idleFor.toMillis(), TimeUnit.MILLISECONDS)
                        .execute(() -> unused(origin, end).forEach(IdleConnections::closeQuietly));
            }
        }

        private Usage usage() {
            synchronized (IdleConnections.this) {
                return usages.computeIfAbsent(origin, unused -> new Usage());
            }
        }
    }

    /** Whether there was any time to wait. */
    private boolean waited(Usage usage, long nanos) {
        if (nanos <= 0) {
            return false;
        }
        usage.waiting++;
        try {
            TimeUnit.NANOSECONDS.timedWait(this, nanos);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            usage.waiting--;
        }
    }

    /** The connections of a source that has had no session since that end. */
    private synchronized Collection<Connection> unused(Origin origin, long end) {
        Usage usage = usages.get(origin);
        if (usage == null || usage.sessions > 0 || usage.ends != end) {
            return List.of();
        }
        usages.remove(origin);
        return usage.idle;
    }

    /** Keeps none any more. */
    @Override
    public void close() {
        idle().forEach(IdleConnections::closeQuietly);
    }

    private synchronized List<Connection> idle() {
        closed = true;
        List<Connection> idle =
                usages.values().stream().flatMap(usage -> usage.idle.stream()).toList();
        usages.values().forEach(usage -> usage.idle.clear());
        return idle;
    }

    static void closeQuietly(Connection connection) {
        try {
            connection.close();
        } catch (SQLException ignored) {
            // There is nothing left to lose.
        }
    }
}
