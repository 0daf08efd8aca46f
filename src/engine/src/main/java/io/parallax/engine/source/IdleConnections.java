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

/** Keeps connections for a few seconds after use, as tasks are short and many. */
final class IdleConnections {
    private static final long SECONDS = 10;
    private static final int MOST_PER_SOURCE = 8;
    private static final Executor LATER = CompletableFuture.delayedExecutor(SECONDS, TimeUnit.SECONDS);

    /** By all details, so that changed ones never meet an old connection. */
    private final Map<SourceDetails, Deque<Connection>> idle = new HashMap<>();

    /** The one used last, out of any transaction; null when there is none. */
    synchronized @Nullable Connection take(SourceDetails source) {
        Deque<Connection> connections = idle.get(source);
        return connections == null ? null : connections.pollFirst();
    }

    /** Keeps it for a while, or closes it. */
    void keep(SourceDetails source, Connection connection) {
        if (!add(source, connection)) {
            closeQuietly(connection);
            return;
        }
        LATER.execute(() -> {
            if (remove(source, connection)) {
                closeQuietly(connection);
            }
        });
    }

    private synchronized boolean add(SourceDetails source, Connection connection) {
        Deque<Connection> connections = idle.computeIfAbsent(source, unused -> new ArrayDeque<>());
        if (connections.size() >= MOST_PER_SOURCE) {
            return false;
        }
        connections.addFirst(connection);
        return true;
    }

    private synchronized boolean remove(SourceDetails source, Connection connection) {
        Deque<Connection> connections = idle.get(source);
        boolean removed = connections != null && connections.remove(connection);
        if (connections != null && connections.isEmpty()) {
            idle.remove(source);
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
