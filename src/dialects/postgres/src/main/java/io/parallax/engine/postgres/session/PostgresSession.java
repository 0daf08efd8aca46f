package io.parallax.engine.postgres.session;

import io.parallax.contract.DiffFailedException;
import io.parallax.contract.tally.Reading;
import io.parallax.engine.postgres.sql.OwnSql;
import io.parallax.engine.session.AccessPath;
import io.parallax.engine.session.Cancellation;
import io.parallax.engine.session.Session;
import io.parallax.engine.session.UserText;
import io.parallax.engine.session.Waiter;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/**
 * A connection in one read-only transaction of one snapshot, until it is closed; rolled back then. Its errors are
 * {@link io.parallax.contract.DiffFailedException}s. Used by one thread at a time.
 */
public final class PostgresSession implements Session {
    /** The dialect that it is of. */
    public static final String DIALECT = "postgres";

    private static final int LARGE_ROWS_AT_A_TIME = 10;

    private final Connection connection;
    private final Cancellation cancellation;
    private final IdleConnections.Use use;
    private final Interruption interruption;
    private final Statements statements;
    private final Copies copies;
    private final List<UserText> texts = new CopyOnWriteArrayList<>();
    private volatile @Nullable String place;
    private volatile boolean troubled;
    private List<String> beginning = List.of();
    private LockWatch.Watched watched = () -> {};
    private int process;

    /** Whether nothing in between may give a statement another connection than the one that was logged in. */
    private boolean direct;

    private final ToldSettings told = new ToldSettings();

    PostgresSession(Connection connection, Cancellation cancellation, IdleConnections.Use use, Executor soon) {
        this.use = use;
        this.connection = connection;
        this.cancellation = cancellation;
        this.interruption = new Interruption(cancellation, this::abandon, soon);
        this.statements = new Statements(this, connection);
        this.copies = new Copies(this, connection);
    }

    /** One of a dialect's own. */
    public static PostgresSession of(Session session) {
        return (PostgresSession) session;
    }

    @Override
    public String dialect() {
        return DIALECT;
    }

    /** Gives way to whoever waits for it, from now on. */
    void watchedBy(LockWatch watch) {
        watched = watch.watch(process, this::giveWay);
    }

    @Override
    public void giveWay(Waiter toWhom) {
        interruption.giveWay(toWhom);
    }

    @Override
    public @Nullable Waiter waiter() {
        return interruption.waiter();
    }

    @Override
    public void whenLost(Runnable action) {
        interruption.whenLost(action);
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

    @Override
    public Session named(@Nullable String origin) {
        place = origin;
        return this;
    }

    @Override
    public void knows(UserText text) {
        texts.add(text);
    }

    /** After a failure: a transaction like the first one, to find out more. */
    public void restart() {
        try {
            connection.rollback();
            begin(beginning);
            set(told.all());
        } catch (SQLException e) {
            throw failure(e);
        }
    }

    @Override
    public <T> List<T> list(String sql, RowReader<T> reader) {
        return list(sql, Statements.ROWS_AT_A_TIME, reader);
    }

    private <T> List<T> list(String query, int rowsAtATime, RowReader<T> reader) {
        String sql = OwnSql.spelledOut(query);
        try (Statement statement = statements.plain(rowsAtATime);
                Cancellation.Watch watch = watch(statement);
                ResultSet rows = statement.executeQuery(sql)) {
            return ResultRows.read(rows, reader);
        } catch (SQLException e) {
            throw failure(e, sql);
        }
    }

    Statements statements() {
        return statements;
    }

    /** What is asked of the server's catalog. */
    public CatalogQuestions catalog() {
        return new CatalogQuestions(this);
    }

    @Override
    public <T> List<T> listLarge(String sql, RowReader<T> reader) {
        return list(sql, LARGE_ROWS_AT_A_TIME, reader);
    }

    @Override
    public AccessPath reach(AccessPath way) {
        return one(AccessPathSettings.sql(way), row -> way);
    }

    @Override
    public void set(@Nullable Map<String, String> settings) {
        told.remember(settings);
        SessionSettings.told(settings).forEach(sql -> one(sql, row -> true));
    }

    /** Whether its server replays what another one writes. */
    public boolean isOnStandby() {
        return one("select pg_is_in_recovery()", row -> row.getBoolean(1));
    }

    @Override
    public Optional<String> adviceOnLoss() {
        return isOnStandby() ? Optional.of(SqlFailures.ON_STANDBY) : Optional.empty();
    }

    ToldSettings told() {
        return told;
    }

    boolean isDirect() {
        return direct;
    }

    /** Whether the login may run these statements, one after the other; what they do is undone. */
    public boolean permits(String... statements) {
        return takes(SqlFailures::isDenial, statements);
    }

    /** Whether the server takes statements, other than by such errors; what they do is undone. */
    boolean takes(Predicate<SQLException> isNo, String... statements) {
        return new Attempts(this, connection).areTaken(isNo, statements);
    }

    @Override
    public String exportSnapshot() {
        return one("select pg_export_snapshot()", row -> row.getString(1));
    }

    @Override
    public <T> T one(String sql, RowReader<T> reader) {
        return ResultRows.only(list(sql, reader));
    }

    @Override
    public Reading reading(@Nullable String imported) {
        return Steadiness.reading(this, imported);
    }

    /** The names of a query's columns. */
    public List<String> columnNames(String query) {
        String sql = OwnSql.spelledOut(query);
        try (Statement statement = statements.plain();
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

    @Override
    public CopyRows copy(String query) {
        return copies.rows(query);
    }

    /** A query's rows as they are, in that format, chunk by chunk, to whoever takes them. */
    void copyRaw(String query, CopyFormat format, Copies.ChunkTaker taker) {
        copies.raw(query, format, taker);
    }

    @Override
    public void stop() {
        interruption.stop();
    }

    @Override
    public boolean answers(int seconds) {
        try {
            return connection.isValid(seconds);
        } catch (SQLException e) {
            return false;
        }
    }

    /** What it still sends is in the way; what runs would keep its locks till its end. */
    @Override
    public void abandon() {
        troubled = true;
        try {
            if (interruption.isAtWork()) {
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
        copies.close();
        boolean isWell = !troubled && !interruption.isStopped() && rolledBack();
        watched.close();
        interruption.end(() -> {
            if (isWell && !troubled && !interruption.isStopped()) {
                use.endKeeping(connection);
            } else {
                // Which rolls back, too.
                use.endClosing(connection);
            }
        });
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
    DiffFailedException failure(SQLException error, String sql) {
        troubled = true;
        String origin = place;
        if (interruption.isCalledOff()) {
            return interruption.failure(origin);
        }
        DiffFailedException failure = SqlFailures.failure(error, UserTextPlaces.place(texts, sql, error), cancellation);
        return origin == null ? failure : failure.at(origin);
    }

    /** Nothing more is to be asked on its connection. */
    void trouble() {
        troubled = true;
    }

    void requireGoing() {
        interruption.requireGoing(place);
    }

    Cancellation.Watch watch(Statement statement) {
        return watch(new RunningStatement(statement));
    }

    Cancellation.Watch watch(Cancellation.Running work) {
        return interruption.watch(work, place);
    }
}
