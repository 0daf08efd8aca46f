package io.parallax.bench;

import io.parallax.bench.report.Case;
import io.parallax.bench.server.BenchDirectory;
import io.parallax.bench.server.SourceServer;
import io.parallax.bench.table.Known;
import io.parallax.bench.table.Table;
import io.parallax.bench.table.TableMaker;
import io.parallax.standalone.OpenResources;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;

/** The servers of both sides. */
record Sources(SourceServer a, SourceServer b) {
    /** Starts one server for each side; {@code open} stops them. */
    static Sources start(OpenResources open, BenchDirectory directory) throws Exception {
        return new Sources(
                open.open(() -> SourceServer.start(directory, "a")),
                open.open(() -> SourceServer.start(directory, "b")));
    }

    /** Each server once. */
    Long[] postmasters() {
        return Stream.of(a, b).map(SourceServer::postmaster).distinct().toArray(Long[]::new);
    }

    /** Makes the case's tables where they are missing, on both sides at once; what is known of them then. */
    Known ensure(Case wanted) throws SQLException {
        if (a == b) {
            ensure(a, wanted.tableA());
            return Known.of(wanted.count(), wanted.variant(), ensure(b, wanted.tableB()));
        }
        CompletableFuture<Long> other = CompletableFuture.supplyAsync(() -> {
            try {
                return ensure(b, wanted.tableB());
            } catch (SQLException e) {
                throw new CompletionException(e);
            }
        });
        ensure(a, wanted.tableA());
        try {
            return Known.of(wanted.count(), wanted.variant(), other.join());
        } catch (CompletionException e) {
            throw new SQLException("The table of side B could not be made.", e);
        }
    }

    private static long ensure(SourceServer server, Table table) throws SQLException {
        try (Connection connection = server.connect()) {
            return TableMaker.on(connection).ensure(table);
        }
    }
}
