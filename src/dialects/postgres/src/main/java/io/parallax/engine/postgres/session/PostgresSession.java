package io.parallax.engine.postgres.session;

import io.parallax.contract.DiffFailedException;
import io.parallax.contract.tally.Reading;
import io.parallax.engine.session.AccessPath;
import io.parallax.engine.session.Cancellation;
import io.parallax.engine.session.Session;
import io.parallax.engine.session.UserText;
import io.parallax.engine.session.Waiter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A connection in one read-only transaction of one snapshot, until it is closed; rolled back then. Its errors are
 * {@link io.parallax.contract.DiffFailedException}s. Used by one thread at a time.
 */
public final class PostgresSession implements Session {
    /** The dialect that it is of. */
    public static final String DIALECT = "postgres";

    /** Whether its server replays what another one writes. */
    public static final String RECOVERY = "select pg_is_in_recovery()";

    private final Connection connection;
    private final Cancellation cancellation;
    private final IdleConnections.Use use;
    private final Interruption interruption;
    private final Statements statements;
    private final Queries queries;
    private final Copies copies;
    private final List<UserText> texts = new CopyOnWriteArrayList<>();
    private volatile @Nullable String place;
    private volatile boolean troubled;
    private final Transaction transaction;
    private LockWatch.Watched watched = () -> {};
    private boolean locked;

    private final ToldSettings told = new ToldSettings();
    private final PendingSettings pending = new PendingSettings();
    private final AnswersAhead answersAhead = new AnswersAhead();

    PostgresSession(Connection connection, Cancellation cancellation, IdleConnections.Use use, Executor soon) {
        this.use = use;
        this.connection = connection;
        this.cancellation = cancellation;
        this.interruption = new Interruption(cancellation, this::abandon, soon);
        this.transaction = new Transaction(this, connection);
        this.statements = new Statements(this, connection);
        this.queries = new Queries(this, pending);
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

    @Override
    public String server() {
        return connected().name() + "\n" + transaction.run();
    }

    /** What there is to know of its server without asking. */
    public ConnectedServer connected() {
        return new ConnectedServer(this, connection);
    }

    /** Gives way to whoever waits for it, from now on. */
    void watchedBy(LockWatch watch) {
        watched = watch.watch(transaction.process(), this::giveWay);
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
        long started = System.nanoTime();
        String answer = transaction.begin(statements);
        queries.tripped(started);
        return answer;
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
            answersAhead.forget();
            pending.forget();
            transaction.restart();
            set(told.all());
        } catch (SQLException e) {
            throw failure(e);
        }
    }

    @Override
    public <T> List<T> list(String sql, RowReader<T> reader) {
        return queries.list(sql, reader);
    }

    @Override
    public Duration trip() {
        return queries.shortestTrip();
    }

    Statements statements() {
        return statements;
    }

    AnswersAhead answersAhead() {
        return answersAhead;
    }

    /** What it is about to read is locked. */
    PostgresSession locking() {
        locked = true;
        return this;
    }

    /** Whether what it reads was locked when it began. */
    public boolean hasLocked() {
        return locked;
    }

    /** Has its server know all that it has to know before rows are read in order. */
    void sort() {
        pending.dueToSort().ifPresent(this::tell);
    }

    /** Its server sorts already. */
    public void sorts() {
        pending.sorts();
    }

    /** Has its server know all that it has to know before anything else is asked. */
    void settle() {
        pending.due().ifPresent(this::tell);
    }

    void tell(String sql) {
        queries.tell(sql);
    }

    /** What is asked of the server's catalog. */
    public CatalogQuestions catalog() {
        return new CatalogQuestions(this);
    }

    @Override
    public <T> List<T> listLarge(String sql, RowReader<T> reader) {
        return queries.listLarge(sql, reader);
    }

    @Override
    public AccessPath reach(AccessPath way) {
        pending.reach(way);
        return way;
    }

    @Override
    public void set(@Nullable Map<String, String> settings) {
        told.remember(settings);
        SessionSettings.told(settings).forEach(this::tell);
    }

    /** Whether its server replays what another one writes. */
    public boolean isOnStandby() {
        return catalog().rowOf(RECOVERY, row -> row.getBoolean(1));
    }

    @Override
    public Optional<String> adviceOnLoss() {
        return isOnStandby() ? Optional.of(SqlFailures.ON_STANDBY) : Optional.empty();
    }

    ToldSettings told() {
        return told;
    }

    boolean isDirect() {
        return transaction.isDirect();
    }

    /** Whether the login may run these statements, one after the other; what they do is undone. */
    public boolean permits(String... statements) {
        return takes(SqlFailures::isDenial, statements);
    }

    /** Whether the server takes statements, other than by such errors; what they do is undone. */
    boolean takes(Predicate<SQLException> isNo, String... statements) {
        return new Attempts(this).areTaken(isNo, statements);
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
        return queries.columnNames(query);
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
        transaction.abort(interruption.isAtWork());
    }

    /**
     * Closes its copies, too: one side's stays without an owner when the other side fails. Nobody waits for a server that is far away to
     * roll back, unless a connection more than there are at work would be one too many.
     */
    @Override
    public void close() {
        copies.close();
        watched.close();
        interruption.end();
        if (troubled || interruption.isStopped()) {
            // Which rolls back, too.
            use.endClosing(connection);
        } else {
            use.ending(this::end);
        }
    }

    private void end() {
        answersAhead.forget();
        if (transaction.isRolledBack()) {
            use.endKeeping(connection);
        } else {
            use.endClosing(connection);
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
