package io.parallax.oracle.draw;

import io.parallax.oracle.draw.TablePair.Side;
import io.parallax.oracle.draw.TablePair.Storage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/** Makes one side's table. */
public final class Loader {
    /** Who makes an index concurrently waits for all snapshots of the database; diffs give way to that, and lose theirs. */
    private static final ReentrantReadWriteLock SNAPSHOTS = new ReentrantReadWriteLock();

    private static final String CHILD = "the child";
    private static final int PARTITIONS = 3;

    private final Connection connection;
    private final Side side;
    private final String keyColumn;
    private final List<String> script = new ArrayList<>();

    private Loader(Connection connection, Side side, String keyColumn) {
        this.connection = connection;
        this.side = side;
        this.keyColumn = keyColumn;
    }

    /**
     * Makes the table in a schema of its own.
     *
     * @return the statements that make it again, data included
     */
    public static List<String> load(Connection connection, Side side, String keyColumn) throws SQLException {
        Loader loader = new Loader(connection, side, keyColumn);
        loader.load();
        return loader.script;
    }

    public static void drop(Connection connection, Side side) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("DROP SCHEMA IF EXISTS " + Names.quoted(side.schema()) + " CASCADE");
        }
    }

    private void load() throws SQLException {
        run("CREATE SCHEMA " + Names.quoted(side.schema()));
        create();
        if (side.storage() == Storage.INHERITED) {
            run("CREATE UNLOGGED TABLE " + child() + " () INHERITS (" + side.qualified() + ")");
            copy(child(), rows(true));
            copy(side.qualified(), rows(false));
        } else {
            copy(side.qualified(), side.rows());
        }
        side.indexes().forEach(this::index);
        if (side.view()) {
            run("CREATE VIEW " + Names.quoted(side.schema()) + ".\"the view\" AS SELECT * FROM " + side.qualified());
        }
        if (side.analyzed()) {
            run("ANALYZE " + side.qualified());
        }
    }

    private void index(String sql) {
        Lock lock = sql.contains(Indexes.CONCURRENTLY) ? SNAPSHOTS.writeLock() : SNAPSHOTS.readLock();
        lock.lock();
        try {
            attempt(sql);
        } finally {
            lock.unlock();
        }
    }

    /** Does what keeps snapshots, while no index is made for which that would have to end. */
    public static <T> T undisturbed(Supplier<T> work) {
        SNAPSHOTS.readLock().lock();
        try {
            return work.get();
        } finally {
            SNAPSHOTS.readLock().unlock();
        }
    }

    private void create() throws SQLException {
        if (side.storage() == Storage.PARTITIONED && attempt(partitioned())) {
            return;
        }
        if (side.storage() == Storage.GAPPED) {
            run("CREATE UNLOGGED TABLE " + side.qualified() + " (gap int, "
                    + String.join(", ", side.definitions()) + "); ALTER TABLE " + side.qualified()
                    + " DROP COLUMN gap");
        } else {
            run("CREATE UNLOGGED TABLE " + side.qualified() + columns());
        }
    }

    private String columns() {
        return " (" + String.join(", ", side.definitions()) + ")";
    }

    private String child() {
        return Names.quoted(side.schema()) + "." + Names.quoted(CHILD);
    }

    private List<List<@Nullable String>> rows(boolean inChild) {
        return IntStream.range(0, side.rows().size())
                .filter(i -> (i % 3 == 0) == inChild)
                .mapToObj(side.rows()::get)
                .toList();
    }

    private String partitioned() {
        StringBuilder sql = new StringBuilder("CREATE TABLE " + side.qualified() + columns() + " PARTITION BY HASH ("
                + Names.quoted(keyColumn) + ")");
        for (int i = 0; i < PARTITIONS; i++) {
            sql.append("; CREATE TABLE ")
                    .append(Names.quoted(side.schema()))
                    .append(".partition_")
                    .append(i)
                    .append(" PARTITION OF ")
                    .append(side.qualified())
                    .append(" FOR VALUES WITH (MODULUS " + PARTITIONS + ", REMAINDER ")
                    .append(i)
                    .append(")");
        }
        return sql.toString();
    }

    private void run(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
            script.add(sql + ";");
        }
    }

    private boolean attempt(String sql) {
        try {
            run(sql);
            return true;
        } catch (SQLException e) {
            script.add("-- refused (" + e.getSQLState() + "): " + sql + ";");
            return false;
        }
    }

    private void copy(String table, List<List<@Nullable String>> rows) throws SQLException {
        StringBuilder text = new StringBuilder();
        for (List<@Nullable String> row : rows) {
            text.append(String.join("\t", row.stream().map(Loader::escaped).toList()))
                    .append('\n');
        }
        script.add("COPY " + table + " FROM stdin;\n" + text + "\\.");
        try {
            connection
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyIn(
                            "COPY " + table + " FROM STDIN",
                            new ByteArrayInputStream(text.toString().getBytes(StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String escaped(@Nullable String value) {
        return value == null
                ? "\\N"
                : value.replace("\\", "\\\\")
                        .replace("\t", "\\t")
                        .replace("\n", "\\n")
                        .replace("\r", "\\r");
    }
}
