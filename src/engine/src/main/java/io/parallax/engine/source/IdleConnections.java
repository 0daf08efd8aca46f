package io.parallax.engine.source;

import io.parallax.contract.SourceDetails;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Keeps connections for a few seconds after use, as tasks are short and many; all that this process has. */
final class IdleConnections {
    private static final long SECONDS = 10;
    private static final int MOST_PER_SOURCE = 8;
    private static final Executor LATER = CompletableFuture.delayedExecutor(SECONDS, TimeUnit.SECONDS);

    static final IdleConnections OF_THIS_PROCESS = new IdleConnections();

    private final Map<Origin, Deque<Connection>> idle = new HashMap<>();

    private IdleConnections() {}

    /** All that made a connection what it is, so that changed details never meet an old one. */
    record Origin(SourceDetails source, String applicationName) {}

    /** The one used last, out of any transaction; null when there is none. */
    synchronized @Nullable Connection take(Origin origin) {
        Deque<Connection> connections = idle.get(origin);
        return connections == null ? null : connections.pollFirst();
    }

    /** Keeps it for a while, or closes it. */
    void keep(Origin origin, Connection connection) {
        if (!add(origin, connection)) {
            closeQuietly(connection);
            return;
        }
        LATER.execute(() -> {
            if (remove(origin, connection)) {
                closeQuietly(connection);
            }
        });
    }

    private synchronized boolean add(Origin origin, Connection connection) {
        Deque<Connection> connections = idle.computeIfAbsent(origin, unused -> new ArrayDeque<>());
        if (connections.size() >= MOST_PER_SOURCE) {
            return false;
        }
        connections.addFirst(connection);
        return true;
    }

    private synchronized boolean remove(Origin origin, Connection connection) {
        Deque<Connection> connections = idle.get(origin);
        boolean removed = connections != null && connections.remove(connection);
        if (connections != null && connections.isEmpty()) {
            idle.remove(origin);
        }
        return removed;
    }

    static void closeQuietly(Connection connection) {
        try {
            connection.close();
        } catch (SQLException ignored) {
            // There is nothing left to lose.
        }
    }
}
