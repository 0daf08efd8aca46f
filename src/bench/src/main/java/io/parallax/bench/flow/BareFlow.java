package io.parallax.bench.flow;

import io.parallax.bench.server.Installation;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * The least that the store has to do for a small diff: it is added, its job issued, taken up and answered, each by one statement that
 * writes the rows that the services write. Nobody reads them.
 */
public final class BareFlow {
    static final int TRIPS = 4;

    private static final int CONNECTIONS = 8;

    private static final String NEWEST = "select max(id) from diff where status = 'done'";

    private static final String ADD =
            """
            with d as (
                insert into diff (user_id, data_source1_id, data_source2_id, request, spec, ignored_fields, status, plan,
                                  created_at, updated_at)
                select user_id, data_source1_id, data_source2_id, request, spec, ignored_fields, 'waiting', 1, now(), now()
                from diff where id = %1$d returning id
            ), t as (
                insert into ledger_task (diff, plan, stage, task, issued_at, sent_at, waiting_since)
                select id, 1, 0, 0, now(), now(), now() from d
            ), e as (
                insert into event (diff, type, step, data, sent_at)
                select d.id, o.type, 0, o.data, now() from d, event o where o.diff = %1$d and o.type = 'created'
            )
            select id from d""";

    private static final String ISSUE =
            """
            update ledger_task t set issued_at = now(), waiting_since = now(), sent_at = now() from diff d
            where t.diff = ? and d.id = t.diff returning d.spec""";

    private static final String TAKE_UP =
            """
            with given as (select ?::bigint as id), t as (
                update ledger_task t set lease_until = now() + interval '30 seconds', worker = 'bare'
                from given where t.diff = given.id
            )
            update diff d set status = 'processing', updated_at = now() from given where d.id = given.id""";

    private static final String FINISH =
            """
            with given as (select ?::bigint as id), p as (
                insert into ledger_plan (diff, plan, common) select given.id, 1, common from ledger_plan, given where diff = %1$d
            ), r as (
                insert into ledger_result (diff, plan, stage, task, attempt, worker, tally, buckets, dirty_buckets,
                                           rows_fetched, milliseconds, reads)
                select given.id, 1, 0, 0, 1, 'bare', tally, 0, 0, 0, 0, reads from ledger_result, given where diff = %1$d
            ), k as (
                insert into differing_row (diff, kind, rank, plan, key, row_values, columns)
                select given.id, kind, rank, 1, key, row_values, columns from differing_row, given where diff = %1$d
            ), e as (
                insert into event (diff, type, step, data, sent_at)
                select given.id, o.type, 0, o.data, now() from given, event o where o.diff = %1$d and o.type = 'finished'
            )
            update diff d set status = 'done', tasks = 0, tally = o.tally, comparison = o.comparison, algorithm = o.algorithm,
                              reads = o.reads, rows_complete = o.rows_complete, finished_at = now(), updated_at = now()
            from given, diff o where o.id = %1$d and d.id = given.id""";

    private final Installation installation;
    private final int port;

    private BareFlow(Installation installation, int port) {
        this.installation = installation;
        this.port = port;
    }

    /** @param port by way of which the store is reached */
    public static BareFlow of(Installation installation, int port) {
        return new BareFlow(installation, port);
    }

    /** @param rate diffs a second */
    public record Outcome(double rate, FlowCost cost) {}

    /** For that long, over a few connections. */
    public Outcome run(Duration time, FlowClocks clocks) throws IOException, InterruptedException, SQLException {
        long original = original();
        ExecutorService threads = Executors.newFixedThreadPool(CONNECTIONS, work -> {
            Thread thread = new Thread(work, "load");
            thread.setDaemon(true);
            return thread;
        });
        try {
            FlowClocks.Reading before = clocks.read();
            long end = System.nanoTime() + time.toNanos();
            List<Future<Integer>> running = new ArrayList<>();
            for (int i = 0; i < CONNECTIONS; i++) {
                running.add(threads.submit(() -> diffs(original, end)));
            }
            int count = 0;
            for (Future<Integer> one : running) {
                count += one.get();
            }
            return new Outcome(count / (time.toMillis() / 1e3), clocks.read().each(before, Math.max(1, count)));
        } catch (ExecutionException e) {
            throw new IOException("A bare statement failed.", e);
        } finally {
            threads.shutdownNow();
        }
    }

    private long original() throws SQLException {
        try (Connection connection = installation.store()) {
            return id(connection, NEWEST);
        }
    }

    private Integer diffs(long original, long end) throws SQLException {
        int count = 0;
        try (Connection connection = installation.store(port);
                PreparedStatement add = connection.prepareStatement(ADD.formatted(original));
                PreparedStatement issue = connection.prepareStatement(ISSUE);
                PreparedStatement takeUp = connection.prepareStatement(TAKE_UP);
                PreparedStatement finish = connection.prepareStatement(FINISH.formatted(original))) {
            while (System.nanoTime() < end) {
                long diff = id(add);
                for (PreparedStatement step : List.of(issue, takeUp, finish)) {
                    step.setLong(1, diff);
                    step.execute();
                }
                count++;
            }
        }
        return count;
    }

    private static long id(Connection connection, String query) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            return id(statement);
        }
    }

    private static long id(PreparedStatement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery()) {
            row.next();
            return row.getLong(1);
        }
    }
}
