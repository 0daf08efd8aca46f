package io.parallax.engine.postgres.session;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parallax.contract.DiffFailedException;
import io.parallax.engine.postgres.sql.Sql;
import io.parallax.engine.session.Cancellation;
import io.parallax.engine.session.ConnectionSettings;
import io.parallax.engine.session.Waiter;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.Array;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Looks every second whether somebody waits for one of this process's sessions of a source, on a connection of its own
 * that reads nothing but the server's lists of locks and processes. Sessions that are in somebody's way give way.
 *
 * <p>The first look comes after a second, so that short sessions cost nothing.
 */
final class LockWatch implements AutoCloseable {
    private static final int NETWORK_MILLIS = 5_000;

    private static final Logger LOG = System.getLogger(LockWatch.class.getName());

    /**
     * Who waits, and for which of ours. A standby's replay is in no list of blocked processes: it alone takes exclusive
     * locks there, and may wait for the oldest transaction, too. Processes of other workers that wait for their turn do not
     * count.
     */
    private static final String WAITERS =
            """
            with waiting as materialized (
              select distinct on (pid) pid, locktype, database, relation, mode from pg_locks
              where not granted and pid <> all(%1$s) order by pid
            ), blocked as materialized (
              select w.*, false as replays, pg_blocking_pids(w.pid) as blockers from waiting w
              union all
              select w.*, true, array(select o.pid from pg_locks o where o.granted and o.pid = any(%1$s)
                and (o.locktype, o.database, o.relation) is not distinct from (w.locktype, w.database, w.relation))
              from waiting w where pg_is_in_recovery() and w.mode = 'AccessExclusiveLock'
              union all
              select s.pid, 'snapshot', null, null, s.wait_event, true,
                array(select o.pid from pg_stat_activity o where o.pid = any(%1$s) and age(o.backend_xmin) >=
                  (select max(age(x.backend_xmin)) from pg_stat_activity x where x.backend_type = 'client backend'))
              from pg_stat_activity s
              where s.backend_type = 'startup' and pg_is_in_recovery()
                and s.wait_event in ('RecoveryConflictSnapshot', 'RecoveryConflictTablespace')
            )
            select b.blockers, b.mode, a.query, (select n.nspname || '.' || c.relname from pg_class c
                join pg_namespace n on n.oid = c.relnamespace
                join pg_database d on d.oid = b.database and d.datname = current_database()
                where c.oid = b.relation), b.replays
            from blocked b left join pg_stat_activity a on a.pid = b.pid
            where b.blockers && %1$s
              and not (b.locktype = 'advisory' and coalesce(a.application_name, '') like %2$s)""";

    private final LockWatches watches;
    private final Place place;
    private final Connecting connecting;
    private final boolean limited;
    private final Map<Integer, Yielding> sessions = new ConcurrentHashMap<>();
    private final ReentrantLock spare = new ReentrantLock();
    private boolean looking;

    /** Whether it has been said that there is nothing to be seen. */
    private boolean told;

    /** Whose number is only told while the map has hold of it. */
    private int users;

    private @Nullable Connection connection;

    LockWatch(LockWatches watches, Place place, Connecting connecting) {
        this.watches = watches;
        this.place = place;
        this.connecting = connecting;
        this.limited = place.maxConnections() != null;
    }

    /** Connects to the source. */
    @FunctionalInterface
    interface Connecting {
        Connection connect() throws SQLException;
    }

    /** What is to let go of its locks at once; called from another thread, maybe more than once. */
    @FunctionalInterface
    interface Yielding {
        void giveWay(Waiter waiter);
    }

    /** Something watched; closing ends that. */
    interface Watched extends AutoCloseable {
        @Override
        void close();
    }

    /** All that makes its connection what it is, whatever the sessions are for. */
    record Place(ObjectNode options, @Nullable Integer maxConnections, ConnectionSettings settings) {
        /** By which an operator knows it; never all options, as they hold secrets. */
        String name() {
            return options.path("host").asText() + ":" + options.path("port").asText() + "/"
                    + options.path("dbname").asText();
        }
    }

    /** For one user more. */
    LockWatch joined() {
        users++;
        return this;
    }

    /** Whether anybody is left when one user leaves. */
    boolean isNeededAfterOneLeft() {
        return --users > 0;
    }

    /** By whoever needs it, too, and sees to it that it is left once more. */
    private void stay() {
        watches.stay(place);
    }

    /** Who leaves last takes it away; a source that never answers leaves none behind. */
    @Override
    public void close() {
        watches.leave(place);
    }

    /** Has it give way when somebody waits for this process of the server; for whoever has entered. */
    Watched watch(int process, Yielding yielding) {
        stay();
        sessions.put(process, yielding);
        lookSoon();
        AtomicBoolean over = new AtomicBoolean();
        return () -> {
            if (over.compareAndSet(false, true)) {
                sessions.remove(process, yielding);
                close();
            }
        };
    }

    /**
     * Work that needs one connection more than it reads with, for a moment. Of a limited source each piece of work has room
     * for one: one at a time.
     */
    <T> T withSpare(Spared<T> work) throws SQLException {
        if (!limited) {
            return work.run();
        }
        if (hasNoSpare()) {
            throw SqlFailures.noRoom(null);
        }
        spare.lock();
        try {
            return work.run();
        } finally {
            spare.unlock();
        }
    }

    private boolean hasNoSpare() {
        return Objects.equals(place.maxConnections(), 1);
    }

    /** Work on a connection more. */
    @FunctionalInterface
    interface Spared<T> {
        T run() throws SQLException;
    }

    private synchronized void lookSoon() {
        if (!looking && watches.later(this::look)) {
            looking = true;
            stay();
        }
    }

    private void look() {
        try {
            if (!sessions.isEmpty()) {
                withSpare(this::lookAndLeave);
            }
        } catch (SQLException | RuntimeException e) {
            // The next look has a connection of its own.
            disconnect();
            tell(e);
        } finally {
            goOn();
        }
    }

    /** Once, as it is the same every second: whoever waits for a lock of ours now waits until we are done. */
    private void tell(Exception failure) {
        if (!told && !sessions.isEmpty()) {
            told = true;
            LOG.log(
                    Level.WARNING,
                    "Nobody sees whether others wait for the locks of sessions on " + place.name()
                            + ", so these do not give way. It is tried again every second. " + reason(failure));
        }
    }

    private String reason(Exception failure) {
        if (hasNoSpare()) {
            return "Its max_allowed_connections of 1 leaves none for that.";
        }
        if (failure instanceof DiffFailedException known) {
            return known.failure().message();
        }
        return failure instanceof SQLException error
                ? SqlFailures.failure(error, new Cancellation()).failure().message()
                : failure.getClass().getName();
    }

    private synchronized void goOn() {
        looking = !sessions.isEmpty() && watches.later(this::look);
        if (!looking) {
            disconnect();
            close();
        }
    }

    private boolean lookAndLeave() throws SQLException {
        try {
            lookOnce();
        } finally {
            if (limited) {
                disconnect();
            }
        }
        return true;
    }

    private void lookOnce() throws SQLException {
        Connection own = connection();
        String ours =
                sessions.keySet().stream().map(String::valueOf).collect(Collectors.joining(",", "'{", "}'::int[]"));
        try (Statement statement = own.createStatement()) {
            statement.setEscapeProcessing(false);
            statement.execute("set local lock_timeout to '1s'; set local statement_timeout to '4s'; "
                    + SessionSettings.OWN_NAMES);
            try (ResultSet rows = statement.executeQuery(
                    WAITERS.formatted(ours, Sql.literal(place.settings().applicationName() + "%")))) {
                while (rows.next()) {
                    giveWay(rows.getArray(1), waiter(rows));
                }
            }
        }
        own.rollback();
    }

    private static Waiter waiter(ResultSet row) throws SQLException {
        return row.getBoolean(5)
                ? LockWaiters.replay(row.getString(2), row.getString(4))
                : LockWaiters.of(row.getString(2), row.getString(3), row.getString(4));
    }

    private void giveWay(Array blockers, Waiter waiter) throws SQLException {
        for (Object process : Arrays.asList((Object[]) blockers.getArray())) {
            Yielding yielding = sessions.get((Integer) process);
            if (yielding != null) {
                yielding.giveWay(waiter);
            }
        }
    }

    private Connection connection() throws SQLException {
        Connection own = connection;
        if (own == null) {
            own = connecting.connect();
            connection = own;
            own.setNetworkTimeout(Runnable::run, NETWORK_MILLIS);
            own.setAutoCommit(false);
        }
        return own;
    }

    private void disconnect() {
        Connection own = connection;
        connection = null;
        if (own != null) {
            IdleConnections.closeQuietly(own);
        }
    }
}
