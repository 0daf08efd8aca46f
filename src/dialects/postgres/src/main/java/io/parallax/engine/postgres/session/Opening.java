package io.parallax.engine.postgres.session;

import io.parallax.contract.DiffFailedException;
import io.parallax.contract.ErrorType;
import io.parallax.engine.postgres.sql.OwnSql;
import io.parallax.engine.session.Cancellation;
import io.parallax.engine.session.ConnectionSettings;
import io.parallax.engine.session.Locking;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Opens one session in a way that what it reads is locked before its snapshot is taken.
 *
 * <p>A LOCK TABLE takes no snapshot, so one trip does for tables. It knows no materialized views and foreign tables, and
 * asks for more than a grant of columns; queries have who knows what below them. There another transaction, which sees
 * what is there by then, has the planner lock all of it, and exports a snapshot after that.
 */
final class Opening {
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(20);
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    /** Locks partitions that the planner left out. */
    private static final String PARTITIONS = OwnSql.spelledOut(
            """
            select count(*) from pg_catalog.pg_locks l cross join lateral pg_partition_tree(l.relation) t
            where l.locktype = 'relation' and l.pid = pg_backend_pid()""");

    private final ConnectionSettings settings;
    private final String applicationName;
    private final @Nullable String role;
    private final @Nullable Map<String, String> told;
    private final LockWatch watch;
    private final Beginner beginner;
    private final Cancellation cancellation;

    /** {@code told}: what clients want it told; null for nothing. */
    Opening(
            ConnectionSettings settings,
            String applicationName,
            @Nullable String role,
            @Nullable Map<String, String> told,
            LockWatch watch,
            Beginner beginner,
            Cancellation cancellation) {
        this.settings = settings;
        this.applicationName = applicationName;
        this.role = role;
        this.told = told;
        this.watch = watch;
        this.beginner = beginner;
        this.cancellation = cancellation;
    }

    /** Begins a transaction with these statements, on any connection. */
    @FunctionalInterface
    interface Beginner {
        Begun begin(List<String> statements) throws SQLException;
    }

    /** {@code answer}: that of the last statement. */
    record Begun(PostgresSession session, String answer) {
        /** The session, which has locked what it reads, if the answer is yes; else it is closed. */
        @Nullable
        PostgresSession ifTrue() {
            if (answer.equals("true")) {
                return session.locking();
            }
            session.close();
            return null;
        }
    }

    /** On a snapshot that another session has exported, which keeps the locks as well. */
    PostgresSession importing(String snapshot) throws SQLException {
        return toldOf(begin(SessionSettings.imported(settings, applicationName, role, snapshot), "true")
                .session());
    }

    /** On a snapshot of its own; while somebody holds a lock it is tried again and again. */
    PostgresSession locking(Locking locking) throws SQLException {
        long started = System.nanoTime();
        while (true) {
            boolean patient = System.nanoTime() - started < PATIENCE_NANOS && !cancellation.cancelled();
            try {
                PostgresSession session = attempt(locking);
                if (session != null) {
                    return session;
                }
                if (!patient) {
                    throw new DiffFailedException(
                            ErrorType.TIMEOUT,
                            "Others replace the tables again and again; try again when they are done.");
                }
            } catch (SQLException e) {
                if (!SqlFailures.isLocked(e) || !patient) {
                    throw e;
                }
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    /** Null when it has to be tried again. */
    private @Nullable PostgresSession attempt(Locking locking) throws SQLException {
        if (locking.isNothing()) {
            return plain();
        }
        PostgresSession locked = locking.tables().isEmpty() ? null : lockingTables(locking);
        return locked == null ? anchored(locking) : locked;
    }

    /** What is wrong with the dataset is told by whoever reads it. */
    private PostgresSession plain() throws SQLException {
        return toldOf(begin(SessionSettings.own(settings, applicationName, role), "true")
                .session());
    }

    private @Nullable PostgresSession lockingTables(Locking locking) throws SQLException {
        try {
            return begin(
                            Stream.of(
                                            SessionSettings.own(settings, applicationName, role),
                                            Stream.of(TableLocks.lock(locking)),
                                            SessionSettings.told(told))
                                    .flatMap(each -> each),
                            TableLocks.isEnough(locking))
                    .ifTrue();
        } catch (SQLException e) {
            throwUnlessRefused(e);
            return null;
        }
    }

    private @Nullable PostgresSession anchored(Locking locking) throws SQLException {
        try {
            return watch.withSpare(() -> onAnchor(locking));
        } catch (SQLException e) {
            throwUnlessRefused(e);
            return unanchored(locking);
        }
    }

    private PostgresSession onAnchor(Locking locking) throws SQLException {
        Begun anchor = begin(
                touching(SessionSettings.anchor(settings, applicationName, role), locking), "pg_export_snapshot()");
        try (PostgresSession keptUntilThen = anchor.session()) {
            return importing(anchor.answer(), locking);
        }
    }

    /** Behind a pooler all connections may be with those that wait for one more; who gets none makes do with the first. */
    PostgresSession importing(String snapshot, Locking locking) throws SQLException {
        Stream<String> statements =
                touching(SessionSettings.imported(settings, applicationName, role, snapshot), locking);
        try {
            return begin(statements, "true").session().locking();
        } catch (SQLException e) {
            throw SqlFailures.isConnection(e) && !cancellation.cancelled() ? SqlFailures.noRoom(e) : e;
        } catch (DiffFailedException e) {
            if (e.failure().type() == ErrorType.SOURCE_UNREACHABLE) {
                throw SqlFailures.noRoom(e);
            }
            throw e;
        }
    }

    /** Where no snapshot can be exported: one that turns out to be older than a change is dropped. */
    private @Nullable PostgresSession unanchored(Locking locking) throws SQLException {
        try {
            return begin(touching(SessionSettings.own(settings, applicationName, role), locking), Steadiness.SQL)
                    .ifTrue();
        } catch (SQLException e) {
            throwUnlessRefused(e);
            return plain();
        }
    }

    private Stream<String> touching(Stream<String> first, Locking locking) {
        return Stream.of(first, SessionSettings.told(told), locking.touches().stream(), Stream.of(PARTITIONS))
                .flatMap(each -> each);
    }

    private Begun begin(Stream<String> statements, String text) throws SQLException {
        if (cancellation.cancelled()) {
            throw Cancellation.stopped();
        }
        return beginner.begin(
                Stream.concat(statements, Stream.of(SessionSettings.done(text))).toList());
    }

    private PostgresSession toldOf(PostgresSession session) {
        try {
            session.set(told);
            return session;
        } catch (RuntimeException e) {
            session.close();
            throw e;
        }
    }

    private static void throwUnlessRefused(SQLException e) throws SQLException {
        if (!SqlFailures.isRefusal(e)) {
            throw e;
        }
    }
}
