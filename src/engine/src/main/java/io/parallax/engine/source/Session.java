package io.parallax.engine.source;

import io.parallax.contract.DiffFailedException;
import io.parallax.contract.ErrorType;
import io.parallax.contract.tally.Reading;
import io.parallax.engine.postgres.OwnSql;
import io.parallax.engine.session.Cancellation;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGStatement;
import org.postgresql.copy.CopyOut;

/**
 * A connection in one read-only transaction of one snapshot, until it is closed; rolled back then. Its errors are
 * {@link io.parallax.contract.DiffFailedException}s. Used by one thread at a time.
 */
public final class Session implements AutoCloseable {
    /** No other transaction of a server has both of the first two. */
    private static final String READING =
            """
            select pg_backend_pid()::text || ' ' || now()::text, (extract(epoch from now()) * 1000000)::int8,
                   (extract(epoch from clock_timestamp()) * 1000000)::int8, """
                    + Steadiness.SQL
                    + ", "
                    + Steadiness.CHILDREN;

    /** What is known at the end of reading. */
    private record Read(Reading reading, boolean steady, List<String> casts) {}

    private static final Executor SOON = LockWatch.LATER;

    /** What to do about what a standby ends. */
    public static final String ON_STANDBY =
            "A standby ends what stands in the way of its replay (recovery conflict); set"
                    + " hot_standby_feedback to on, or a larger max_standby_streaming_delay, there, or compare its primary.";

    private static final Set<String> OF_LITERALS =
            Set.of("array_nulls", "datestyle", "intervalstyle", "lc_monetary", "timezone", "xmloption");

    private static final int ROWS_AT_A_TIME = 1000;
    private static final int LARGE_ROWS_AT_A_TIME = 10;

    private final Connection connection;
    private final Cancellation cancellation;
    private final IdleConnections.Use use;
    private final Cancellation stop = new Cancellation();
    private final Set<CopyRows> copies = ConcurrentHashMap.newKeySet();
    private final List<UserText> texts = new CopyOnWriteArrayList<>();
    private volatile @Nullable String place;
    private volatile boolean troubled;
    private List<String> beginning = List.of();
    private final AtomicInteger running = new AtomicInteger();
    private LockWatch.Watched watched = () -> {};
    private int process;

    /** Whether nothing in between may give a statement another connection than the one that was logged in. */
    private boolean direct;

    private final List<Runnable> whenLost = new ArrayList<>();
    private boolean over;
    private volatile @Nullable Waiter waiter;

    /** What it was told beyond what every session is, by name. */
    private final Map<String, String> told = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

    Session(Connection connection, Cancellation cancellation, IdleConnections.Use use) {
        this.use = use;
        this.connection = connection;
        this.cancellation = cancellation;
    }

    /** Reads a row where the result stands. */
    @FunctionalInterface
    public interface RowReader<T> {
        T read(ResultSet row) throws SQLException;
    }

    /** Gives way to whoever waits for it, from now on. */
    void watchedBy(LockWatch watch) {
        watched = watch.watch(process, this::giveWay);
    }

    /**
     * Has its statement cancelled and its locks released within a second, whatever its own thread does: a transaction that
     * is idle, or whose rows nobody takes, hears of no cancelling, but of the end of its connection.
     */
    private void giveWay(Waiter toWhom) {
        if (waiter == null) {
            waiter = toWhom;
            stop.cancel();
            if (running.get() == 0) {
                abandonUnlessOver();
            } else {
                SOON.execute(this::abandonUnlessOver);
            }
        }
    }

    /** Gives way to whom another session gave way. */
    void giveWayLike(Session other) {
        Waiter toWhom = other.waiter;
        if (toWhom != null) {
            giveWay(toWhom);
        }
    }

    private void abandonUnlessOver() {
        List<Runnable> told;
        synchronized (this) {
            if (over) {
                return;
            }
            abandon();
            told = List.copyOf(whenLost);
        }
        told.forEach(Runnable::run);
    }

    /** Whom it gave way to; null when it did not. */
    @Nullable
    Waiter waiter() {
        return waiter;
    }

    /** To be run once it has given way while nobody works with it; at once when that has happened. */
    void whenLost(Runnable action) {
        synchronized (this) {
            whenLost.add(action);
        }
        if (waiter != null) {
            action.run();
        }
    }

    /** The text that the last of these answers with, see {@link SessionSettings#done}. */
    String begin(List<String> statements) throws SQLException {
        beginning = statements;
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement();
                Cancellation.Watch watch = watch(statement)) {
            statement.setEscapeProcessing(false);
            boolean isQuery = statement.execute(String.join(";\n", statements));
            String answer = "";
            while (isQuery || statement.getUpdateCount() >= 0) {
                answer = isQuery ? answer(statement.getResultSet()) : answer;
                isQuery = statement.getMoreResults();
            }
            return answer;
        }
    }

    private String answer(ResultSet rows) throws SQLException {
        if (rows.getMetaData().getColumnCount() < 2 || !rows.next()) {
            return "";
        }
        process = rows.getInt(1);
        direct = process == connection.unwrap(PGConnection.class).getBackendPID();
        return String.valueOf(rows.getString(2));
    }

    /** Has its failures say first what they come of, such as {@code SidePlan A}. */
    Session named(@Nullable String origin) {
        place = origin;
        return this;
    }

    /** What users wrote of the statements that follow, so that failures say where in it they are. */
    public void knows(UserText text) {
        texts.add(text);
    }

    /** After a failure: a transaction like the first one, to find out more. */
    public void restart() {
        try {
            connection.rollback();
            begin(beginning);
            set(Map.copyOf(told));
        } catch (SQLException e) {
            throw failure(e);
        }
    }

    /** All rows of a query that has few; the driver holds but some of them at a time. */
    public <T> List<T> list(String sql, RowReader<T> reader) {
        return list(sql, ROWS_AT_A_TIME, reader);
    }

    private <T> List<T> list(String query, int rowsAtATime, RowReader<T> reader) {
        String sql = OwnSql.spelledOut(query);
        try (Statement statement = statement(rowsAtATime);
                Cancellation.Watch watch = watch(statement);
                ResultSet rows = statement.executeQuery(sql)) {
            return read(rows, reader);
        } catch (SQLException e) {
            throw failure(e, sql);
        }
    }

    private static <T> List<T> read(ResultSet rows, RowReader<T> reader) throws SQLException {
        List<T> read = new ArrayList<>();
        while (rows.next()) {
            read.add(reader.read(rows));
        }
        return read;
    }

    /**
     * All rows of a query that asks PostgreSQL's own catalog and reads nothing else: names in it mean PostgreSQL's own, whatever the
     * login's search_path. In one trip.
     */
    public <T> List<T> catalog(String sql, RowReader<T> reader) {
        try (Statement statement = statement(0);
                Cancellation.Watch watch = watch(statement)) {
            statement.execute(SessionSettings.OWN_NAMES + "; " + sql + "; " + namesAsHere());
            statement.getMoreResults();
            try (ResultSet rows = Objects.requireNonNull(statement.getResultSet())) {
                return read(rows, reader);
            }
        } catch (SQLException e) {
            throw failure(e);
        }
    }

    /** The same of the only row. */
    public <T> T catalogRow(String sql, RowReader<T> reader) {
        return only(catalog(sql, reader));
    }

    /**
     * All rows of a question of the catalog that is asked of many tables, with question marks for what differs: where no pooler is in
     * between, the server keeps its plan, which takes longer than the answer. Parameters have the type of what they are
     * compared with.
     */
    public <T> List<T> catalogOf(String sql, RowReader<T> reader, Object... parameters) {
        String whole = direct
                ? String.join(
                        "; ", SessionSettings.OWN_NAMES, SessionSettings.ONE_PLAN, sql, planAsHere(), namesAsHere())
                : String.join("; ", SessionSettings.OWN_NAMES, sql, namesAsHere());
        try (PreparedStatement statement = prepared(whole, parameters);
                Cancellation.Watch watch = watch(statement)) {
            boolean isQuestion = statement.execute();
            while (!isQuestion && statement.getUpdateCount() >= 0) {
                isQuestion = statement.getMoreResults();
            }
            try (ResultSet rows = Objects.requireNonNull(statement.getResultSet())) {
                return read(rows, reader);
            }
        } catch (SQLException e) {
            throw failure(e);
        }
    }

    /** The same of the only row. */
    public <T> T catalogRowOf(String sql, RowReader<T> reader, Object... parameters) {
        return only(catalogOf(sql, reader, parameters));
    }

    /** The only row of a question of ours that is the same whatever is compared; likewise. */
    public <T> T known(String sql, RowReader<T> reader) {
        try (PreparedStatement statement = prepared(OwnSql.spelledOut(sql));
                Cancellation.Watch watch = watch(statement);
                ResultSet rows = statement.executeQuery()) {
            return only(read(rows, reader));
        } catch (SQLException e) {
            throw failure(e);
        }
    }

    private PreparedStatement prepared(String sql, Object... parameters) throws SQLException {
        requireStandardStrings();
        PreparedStatement statement = connection.prepareStatement(sql);
        statement.unwrap(PGStatement.class).setPrepareThreshold(direct ? 1 : 0);
        for (int i = 0; i < parameters.length; i++) {
            statement.setObject(i + 1, String.valueOf(parameters[i]), Types.OTHER);
        }
        return statement;
    }

    /** The same of rows that may be large, a few of which are held at a time. */
    public <T> List<T> listLarge(String sql, RowReader<T> reader) {
        return list(sql, LARGE_ROWS_AT_A_TIME, reader);
    }

    /** Has queries from now on get at their rows that way. */
    public AccessPath reach(AccessPath way) {
        return one(way.sql(), row -> way);
    }

    /** This, with its statements told so from now on, by name. */
    public Session told(Map<String, String> settings) {
        set(settings);
        return this;
    }

    /** Sets what its statements are told from now on, by name. */
    public void set(@Nullable Map<String, String> settings) {
        remember(settings);
        SessionSettings.told(settings).forEach(sql -> one(sql, row -> true));
    }

    /** Notes what it has been told, or is about to be. */
    void remember(@Nullable Map<String, String> settings) {
        if (settings != null) {
            told.putAll(settings);
        }
    }

    /** Whether the login may run these statements, one after the other; what they do is undone. */
    public boolean permits(String... statements) {
        return isTaken(SqlFailures::isDenial, statements);
    }

    /** Whether the server takes statements, other than by such errors; what they do is undone. */
    private boolean isTaken(Predicate<SQLException> isNo, String... statements) {
        try {
            Savepoint before = connection.setSavepoint();
            boolean taken = succeeds(isNo, statements);
            connection.rollback(before);
            return taken;
        } catch (SQLException e) {
            throw failure(e);
        }
    }

    private boolean succeeds(Predicate<SQLException> isNo, String... statements) throws SQLException {
        try (Statement statement = statement();
                Cancellation.Watch watch = watch(statement)) {
            for (String sql : statements) {
                statement.execute(OwnSql.spelledOut(sql));
            }
            return true;
        } catch (SQLException e) {
            if (isNo.test(e)) {
                return false;
            }
            throw e;
        }
    }

    /** Whether its server replays what another one writes. */
    public boolean isOnStandby() {
        return one("select pg_is_in_recovery()", row -> row.getBoolean(1));
    }

    /** The statement that has names mean in another session of the login what they mean in this one. */
    String namesAsHere() {
        return SessionSettings.namesOf(told.get("search_path"));
    }

    private String planAsHere() {
        return SessionSettings.plansOf(told.get("plan_cache_mode"));
    }

    /** What it has been told of that literals in queries are read by, by name. */
    Map<String, String> literalsAsHere() {
        Map<String, String> settings = new TreeMap<>(told);
        settings.keySet().removeIf(name -> !OF_LITERALS.contains(name.toLowerCase(Locale.ROOT)));
        return settings;
    }

    /** The name by which other sessions can see the same snapshot, while this one lasts. */
    public String exportSnapshot() {
        return one("select pg_export_snapshot()", row -> row.getString(1));
    }

    /** The only row of a query that has exactly one. */
    public <T> T one(String sql, RowReader<T> reader) {
        return only(list(sql, reader));
    }

    private static <T> T only(List<T> rows) {
        if (rows.size() != 1) {
            throw new IllegalStateException(rows.size() + " rows instead of one");
        }
        return rows.get(0);
    }

    /**
     * How it has been read so far, from the beginning of its transaction on.
     *
     * @param imported the name of the snapshot that it was told to see; null when it sees its own
     * @throws DiffFailedException that loses the plan when what it has read is not what its snapshot knows of
     */
    public Reading reading(@Nullable String imported) {
        Read read = known(
                READING,
                row -> new Read(
                        new Reading(imported == null ? row.getString(1) : imported, row.getLong(2), row.getLong(3)),
                        row.getBoolean(4),
                        List.of((String[]) row.getArray(5).getArray())));
        if (!read.steady || hasNewChild(read.casts)) {
            throw DiffFailedException.losingPlan(
                    ErrorType.SOURCE_UNREACHABLE,
                    "Another session replaced a table while this diff read it; start it again.",
                    null);
        }
        return read.reading;
    }

    private boolean hasNewChild(List<String> casts) {
        return casts.stream().anyMatch(cast -> isTaken(SqlFailures::isRefusal, cast));
    }

    /** The names of a query's columns. */
    public List<String> columnNames(String query) {
        String sql = OwnSql.spelledOut(query);
        try (Statement statement = statement();
                Cancellation.Watch watch = watch(statement);
                ResultSet rows = statement.executeQuery(sql)) {
            ResultSetMetaData columns = rows.getMetaData();
            List<String> names = new ArrayList<>();
            for (int i = 1; i <= columns.getColumnCount(); i++) {
                names.add(columns.getColumnLabel(i));
            }
            return names;
        } catch (SQLException e) {
            throw failure(e, sql);
        }
    }

    /** A query's rows, to be read one by one. */
    public CopyRows copy(String query) {
        one(SessionSettings.SORTING, row -> true);
        String sql = "copy (" + OwnSql.spelledOut(query) + ") to stdout (format binary)";
        try {
            requireStandardStrings();
            Cancellation.Watch watch = watch(new RunningCopy(connection));
            try {
                CopyOut copy =
                        connection.unwrap(PGConnection.class).getCopyAPI().copyOut(sql);
                CopyRows rows = new CopyRows(copy, watch, this);
                copies.add(rows);
                return rows;
            } catch (SQLException e) {
                watch.close();
                throw e;
            }
        } catch (SQLException e) {
            throw failure(e, sql);
        }
    }

    /** A query's rows as they are, in that format, chunk by chunk, to whoever takes them. */
    void copyRaw(String query, CopyFormat format, ChunkTaker taker) {
        String sql = "copy (" + OwnSql.spelledOut(query) + ") to stdout" + format.sql();
        Cancellation.Watch watch = watch(new RunningCopy(connection));
        try {
            requireStandardStrings();
            CopyOut copy = connection.unwrap(PGConnection.class).getCopyAPI().copyOut(sql);
            try {
                for (byte[] chunk = copy.readFromCopy(); chunk != null; chunk = copy.readFromCopy()) {
                    taker.take(chunk);
                }
            } finally {
                if (copy.isActive()) {
                    abandon();
                }
            }
        } catch (SQLException e) {
            throw failure(e, sql);
        } finally {
            watch.close();
        }
    }

    /** Takes what a database sends. */
    @FunctionalInterface
    interface ChunkTaker {
        void take(byte[] chunk);
    }

    /** Ends what runs on it now or later, from another thread, because nobody needs it any more. */
    public void stop() {
        stop.cancel();
    }

    void ended(CopyRows rows) {
        copies.remove(rows);
    }

    /** Whether the database answers within some seconds, in the same transaction. */
    boolean answers(int seconds) {
        try {
            return connection.isValid(seconds);
        } catch (SQLException e) {
            return false;
        }
    }

    /** Ends the connection at once, as what it still sends is in the way; what runs would keep its locks till its end. */
    void abandon() {
        troubled = true;
        try {
            if (running.get() > 0) {
                connection.unwrap(PGConnection.class).cancelQuery();
            }
            connection.abort(Runnable::run);
        } catch (SQLException ignored) {
            // It is gone already.
        }
    }

    /** Closes its copies, too: one side's stays without an owner when the other side fails. */
    @Override
    public void close() {
        List.copyOf(copies).forEach(CopyRows::close);
        boolean isWell = !troubled && !isStopped() && rolledBack();
        watched.close();
        synchronized (this) {
            // From now on the connection may be somebody else's.
            over = true;
            if (isWell && !troubled && !isStopped()) {
                use.endKeeping(connection);
            } else {
                // Which rolls back, too.
                use.endClosing(connection);
            }
        }
    }

    /** Of a transaction that was refused while it began. */
    void closeRefused() {
        try {
            connection.rollback();
            use.endKeeping(connection);
        } catch (SQLException e) {
            use.endClosing(connection);
        }
    }

    /** In one trip, and while a pooler still gives it the same connection: a user's query may have left locks on it. */
    private boolean rolledBack() {
        try (Statement statement = connection.createStatement()) {
            statement.execute(SessionSettings.END);
            return true;
        } catch (SQLException e) {
            return false;
        }
    }

    DiffFailedException failure(SQLException error) {
        return failure(error, "");
    }

    /** {@code sql}: the statement that failed, where an error's position is known. */
    private DiffFailedException failure(SQLException error, String sql) {
        troubled = true;
        String origin = place;
        if (stop.cancelled()) {
            return stopped();
        }
        DiffFailedException failure = SqlFailures.failure(error, UserText.place(texts, sql, error), cancellation);
        return origin == null ? failure : failure.at(origin);
    }

    private DiffFailedException stopped() {
        Waiter toWhom = waiter;
        String origin = place;
        if (toWhom == null || cancellation.cancelled()) {
            return Cancellation.stopped();
        }
        return origin == null ? toWhom.failure() : toWhom.failure().at(origin);
    }

    void requireGoing() {
        if (isStopped()) {
            throw stopped();
        }
    }

    private boolean isStopped() {
        return stop.cancelled() || cancellation.cancelled();
    }

    private Statement statement() throws SQLException {
        return statement(ROWS_AT_A_TIME);
    }

    private Statement statement(int rowsAtATime) throws SQLException {
        requireStandardStrings();
        Statement statement = connection.createStatement();
        // Users' SQL goes through as it is: neither {..} nor ? means anything to the driver.
        statement.setEscapeProcessing(false);
        statement.setFetchSize(rowsAtATime);
        return statement;
    }

    /** A query that has changed how its own text is read was checked in vain. */
    private void requireStandardStrings() throws SQLException {
        String standard = connection.unwrap(PGConnection.class).getParameterStatus("standard_conforming_strings");
        if ("off".equals(standard)) {
            troubled = true;
            throw new DiffFailedException(
                    ErrorType.QUERY_ERROR,
                    "A query or filter turns standard_conforming_strings off, which it must not do.");
        }
    }

    private Cancellation.Watch watch(Statement statement) {
        return watch(new RunningStatement(statement));
    }

    private Cancellation.Watch watch(Cancellation.Running work) {
        Cancellation.Watch cancelled = cancellation.watch(work);
        running.incrementAndGet();
        try {
            Cancellation.Watch stopped = stop.watch(work);
            AtomicBoolean ended = new AtomicBoolean();
            return () -> {
                if (ended.compareAndSet(false, true)) {
                    running.decrementAndGet();
                }
                stopped.close();
                cancelled.close();
            };
        } catch (DiffFailedException e) {
            running.decrementAndGet();
            cancelled.close();
            throw stopped();
        }
    }

    private record RunningStatement(Statement statement) implements Cancellation.Running {
        @Override
        public void cancel() throws SQLException {
            statement.cancel();
        }

        @Override
        public void disconnect() throws SQLException {
            statement.getConnection().abort(Runnable::run);
        }
    }

    /** A stopped session's connection is never used again, so that a cancel that comes too late hits nobody else. */
    private record RunningCopy(Connection connection) implements Cancellation.Running {
        @Override
        public void cancel() throws SQLException {
            connection.unwrap(PGConnection.class).cancelQuery();
        }

        @Override
        public void disconnect() throws SQLException {
            connection.abort(Runnable::run);
        }
    }
}
