package io.parallax.bench.server;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.TreeMap;

/**
 * How one diff was spread, as the ledger has it.
 *
 * @param seconds from the first task that was issued to success
 * @param tasks of all stages
 * @param busy seconds that each worker was busy with tasks
 */
public record Spread(double seconds, int tasks, Map<String, Double> busy) {
    private static final String SECONDS =
            """
            select extract(epoch from d.finished_at - (
                select min(t.issued_at) from ledger_task t where t.diff = d.id and t.plan = d.plan and t.stage > 0))
            from diff d where d.id = ?""";

    private static final String BUSY =
            """
            select worker, count(*), sum(milliseconds) / 1000.0 from ledger_result
            where diff = ? and stage > 0 group by worker""";

    private static final String FIRST =
            """
            select extract(epoch from min(received_at)) from ledger_result where diff = ? and stage > 0 and worker = ?""";

    public static Spread of(Connection store, long diff) throws SQLException {
        Map<String, Double> busy = new TreeMap<>();
        int tasks = 0;
        try (PreparedStatement statement = store.prepareStatement(BUSY)) {
            statement.setLong(1, diff);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    busy.put(row.getString(1), row.getDouble(3));
                    tasks += row.getInt(2);
                }
            }
        }
        return new Spread(number(store, SECONDS, diff), tasks, busy);
    }

    /** When that worker's first result was received, in seconds of the epoch; 0 when there is none. */
    public static double first(Connection store, long diff, String worker) throws SQLException {
        return number(store, FIRST, diff, worker);
    }

    /** By how much the busiest worker is busier than the laziest, as a part of the mean. */
    public double unevenness() {
        double most =
                busy.values().stream().mapToDouble(Double::doubleValue).max().orElse(0);
        double least =
                busy.values().stream().mapToDouble(Double::doubleValue).min().orElse(0);
        double mean = busy.values().stream()
                .mapToDouble(Double::doubleValue)
                .average()
                .orElse(1);
        return (most - least) / mean;
    }

    private static double number(Connection store, String query, Object... parameters) throws SQLException {
        try (PreparedStatement statement = store.prepareStatement(query)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? row.getDouble(1) : 0;
            }
        }
    }
}
