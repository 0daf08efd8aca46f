package io.parallax.oracle;

import io.parallax.oracle.draw.Dice;
import io.parallax.oracle.draw.TablePair;
import io.parallax.oracle.draw.TablePair.Side;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Changes both tables of a pair without a pause: rows move, are deleted and come again, values change. What it does follows
 * from its seed, how much of it from the time it has.
 */
final class Unrest {
    private static final String CONSTRAINTS = "23";

    private final Connection a;
    private final Connection b;
    private final TablePair pair;
    private final Dice dice;

    Unrest(Connection a, Connection b, TablePair pair) {
        this.a = a;
        this.b = b;
        this.pair = pair;
        this.dice = new Dice(pair.seed() * 31 + 7);
    }

    /** Some rows are picked by {@code %2$d} (the first) and {@code %3$d} (how many); {@code %4$s} is a column. */
    private enum Change {
        MOVED("update %1$s set %4$s = %4$s where ctid = any(array(select ctid from %1$s offset %2$d limit %3$d))"),
        SPREAD("update %1$s set %4$s = (select %4$s from %1$s offset %2$d limit 1)"
                + " where ctid = any(array(select ctid from %1$s offset %3$d limit %3$d))"),
        DELETED("delete from %1$s where ctid = any(array(select ctid from %1$s offset %2$d limit %3$d))"),
        REPEATED("insert into %1$s (%5$s) select %5$s from %1$s offset %2$d limit %3$d"),
        EXCHANGED(
                "with taken as (delete from %1$s where ctid = any(array(select ctid from %1$s offset %2$d limit %3$d))"
                        + " returning %5$s) insert into %1$s (%5$s) select %5$s from taken");

        private final String sql;

        Change(String sql) {
            this.sql = sql;
        }
    }

    /** Begins; some of it has happened to both tables when this returns. */
    Episode begin() {
        for (Change change : Change.values()) {
            make(change, a, pair.a());
            make(change, b, pair.b());
        }
        return new Episode();
    }

    private void make(Change change, Connection connection, Side side) {
        List<String> columns =
                side.columns().stream().map(column -> quoted(column.name())).toList();
        int rows = Math.max(1, side.rows().size());
        String sql = change.sql.formatted(
                side.qualified(),
                dice.between(0, rows - 1),
                dice.between(1, 1 + rows / 4),
                dice.pick(columns),
                String.join(", ", columns));
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            if (!String.valueOf(e.getSQLState()).startsWith(CONSTRAINTS)) {
                throw new IllegalStateException(sql, e);
            }
            // A key that may not come twice stays as it is.
        }
    }

    private static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    /** Unrest that goes on until it is closed. */
    final class Episode implements AutoCloseable {
        private final CompletableFuture<Void> changes =
                CompletableFuture.runAsync(this::run, work -> new Thread(work, "unrest").start());
        private volatile boolean over;

        private void run() {
            while (!over) {
                make(dice.pick(Change.values()), a, pair.a());
                make(dice.pick(Change.values()), b, pair.b());
            }
        }

        @Override
        public void close() {
            over = true;
            changes.join();
        }
    }
}
