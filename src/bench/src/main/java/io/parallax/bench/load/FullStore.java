package io.parallax.bench.load;

import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;

/** Fills the store with copies of diffs, and takes out what calls have put in. */
public final class FullStore {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int ASKED_FOR = 1000;

    /** All columns of a diff but its id, and what a copy has there: each one is a second older. */
    private static final String COLUMNS =
            """
            select string_agg(name, ', ' order by place),
                   string_agg(case when name in ('created_at', 'updated_at', 'finished_at')
                              then name || ' - g * interval ''1 second''' else name end, ', ' order by place)
            from (select quote_ident(column_name) as name, ordinal_position as place
                  from information_schema.columns
                  where table_schema = 'public' and table_name = '%s' and column_name <> '%s'
                    and is_generated = 'NEVER') c""";

    /** {@code %1$d}: newer diffs that are not with Kafka, but for those that wait for workers, and events that are not. */
    private static final String UNSETTLED =
            """
            select (select count(*) from diff where status = 'waiting' and not deferred and id > %1$d)
                 + (select count(*) from event where sent_at is null and diff > %1$d)""";

    private final Connection connection;
    private long last;

    /** @param connection of a superuser */
    public FullStore(Connection connection) throws SQLException {
        this.connection = connection;
        execute("set enable_seqscan = off");
        this.last = newest();
    }

    /**
     * Adds so many copies of a diff that is done, with all that the ledger knows of it.
     *
     * @return some of their ids
     */
    public List<Long> addFinished(long original, int count) throws SQLException {
        long before = newest();
        copy(original, count);
        for (String table : List.of("ledger_plan", "ledger_task", "ledger_result")) {
            String columns = row(COLUMNS.formatted(table, "diff")).get(0);
            fill("insert into %s (diff, %s) select d.id, %s from diff d, %s t where t.diff = %d and d.id > %d"
                    .formatted(table, columns, columns.replaceAll("(\\w+)", "t.$1"), table, original, before));
        }
        settle();
        long first = number("select min(id) from diff where id > " + before);
        int some = Math.min(ASKED_FOR, count);
        return LongStream.range(0, some)
                .mapToObj(turn -> first + turn * count / some)
                .toList();
    }

    /** Adds so many copies of a diff that no worker has begun, to wait behind it: its source is lent to one at a time. */
    public void addWaiting(long original, int count) throws SQLException {
        execute(
                """
                update data_source set max_allowed_connections = 1
                where id = (select data_source1_id from diff where id = %d)"""
                        .formatted(original));
        long before = newest();
        copy(original, count);
        execute("update diff set status = 'waiting' where id > " + before);
        fill("insert into ledger_task (diff, plan, stage, task) select id, plan, 0, 0 from diff where id > " + before);
        settle();
    }

    /**
     * Waits until the service has done for diffs that have come since what it can.
     *
     * @throws IOException in a sentence, when it does not
     */
    public void settled() throws IOException, InterruptedException, SQLException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (number(UNSETTLED.formatted(last)) > 0) {
            if (System.nanoTime() > deadline) {
                throw new IOException("New diffs are not sent to Kafka within " + PATIENCE.toSeconds() + " s.");
            }
            Thread.sleep(20);
        }
    }

    /** Deletes the diffs that have come since, which are {@link #settled}, and what is left of so many at once: no service does that. */
    public void forget() throws IOException, InterruptedException, SQLException {
        settled();
        for (String one : List.of("event where diff", "ledger_task where diff", "diff where id")) {
            execute("delete from " + one + " > " + last);
        }
        execute("vacuum event, ledger_task, diff, audit");
    }

    private void copy(long original, int count) throws SQLException {
        List<String> columns = row(COLUMNS.formatted("diff", "id"));
        fill("insert into diff (%s) select %s from diff, generate_series(1, %d) g where id = %d"
                .formatted(columns.get(0), columns.get(1), count, original));
    }

    private void settle() throws SQLException {
        execute("vacuum analyze diff, ledger_plan, ledger_task, ledger_result");
        last = newest();
    }

    private long newest() throws SQLException {
        return number("select coalesce(max(id), 0) from diff");
    }

    private long number(String query) throws SQLException {
        return Long.parseLong(row(query).get(0));
    }

    /** Without asking whether what is referred to is there: a copy refers to the same as its original. */
    private void fill(String sql) throws SQLException {
        execute("set session_replication_role = replica");
        try {
            execute(sql);
        } finally {
            execute("set session_replication_role = origin");
        }
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private List<String> row(String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getMetaData().getColumnCount() == 1
                    ? List.of(row.getString(1))
                    : List.of(row.getString(1), row.getString(2));
        }
    }
}
