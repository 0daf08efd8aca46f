package io.parallax.engine.postgres.session;

import io.parallax.contract.DiffFailedException;
import io.parallax.contract.ErrorType;
import io.parallax.contract.Failure;
import io.parallax.engine.session.Cancellation;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.GeneralSecurityException;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** What a database's errors mean to a diff, told by SQLState alone. */
public final class SqlFailures {
    /** What to do about what a standby ends. */
    static final String ON_STANDBY = "A standby ends what stands in the way of its replay (recovery conflict); set"
            + " hot_standby_feedback to on, or a larger max_standby_streaming_delay, there, or compare its primary.";

    private static final String CANCELLED = "57014";
    private static final String PROTOCOL = "08P01";
    private static final String DENIED = "42501";
    private static final String READ_ONLY = "25006";

    /** Invalid parameter value, undefined object, object not in prerequisite state. */
    private static final Set<String> LOST_SNAPSHOT = Set.of("22023", "42704", "55000");

    /** Feature not supported. */
    private static final String NO_ROOM = "0A000";

    private static final String LOCK_NOT_AVAILABLE = "55P03";

    /** The class of what should never happen to a server. */
    private static final String INSIDE = "XX";

    /** Whoever is refused hears of it sooner. */
    private static final long LONG_NANOS = 1_000_000_000;

    /** Connection, rollback, resources, operator, system. */
    private static final Set<String> NO_REFUSALS = Set.of("08", "40", "53", "57", "58");

    private record Meaning(ErrorType type, String advice) {}

    private static final Meaning UNREACHABLE =
            new Meaning(ErrorType.SOURCE_UNREACHABLE, "Check host and port, and that the server is up.");
    private static final Meaning LOGIN =
            new Meaning(ErrorType.SOURCE_AUTHENTICATION, "Check user, password, role and sslmode of the data source.");
    private static final Meaning DISTRUST = new Meaning(
            ErrorType.SOURCE_AUTHENTICATION,
            "Its certificate is not to be trusted; check sslmode and rootcert of the data source.");
    private static final Meaning SQL = new Meaning(ErrorType.QUERY_ERROR, "Check the query, the filter and the key.");
    private static final Meaning WRITING = new Meaning(
            ErrorType.QUERY_ERROR, "Check that the temp_schema exists, and that the role may create tables in it.");
    private static final Meaning BUSY =
            new Meaning(ErrorType.SOURCE_UNREACHABLE, "The server is short of something; try again later.");
    private static final Meaning INTERRUPTED =
            new Meaning(ErrorType.TIMEOUT, "The server ended the statement; try again.");
    private static final Meaning LOCKED =
            new Meaning(ErrorType.TIMEOUT, "Somebody holds a lock on a table; try again when it is released.");
    private static final Meaning TOO_SLOW = new Meaning(
            ErrorType.TIMEOUT, "The statement took too long; a filter, fewer columns or an index on the key help.");
    private static final Meaning FULL = new Meaning(
            ErrorType.SOURCE_UNREACHABLE,
            "The server has no connection left for this login; try again later, raise its limit, or lower"
                    + " max_allowed_connections of the data source.");
    private static final Meaning POOLER = new Meaning(
            ErrorType.SOURCE_UNREACHABLE,
            "That is the word of a connection pooler, which may be full, or know no such database or login; check its"
                    + " limits and its log, or try again later.");
    private static final Meaning CONFLICT = new Meaning(ErrorType.TIMEOUT, ON_STANDBY);
    private static final Meaning NO_WRITES = new Meaning(
            ErrorType.UNSUPPORTED,
            "The server is a standby, or set to read only, and takes no writes; name its primary, or another data source.");
    private static final Meaning UNKNOWN =
            new Meaning(ErrorType.INTERNAL, "The database reported an unexpected error.");

    /** Whole states. */
    private static final Map<String, Meaning> BY_STATE = Map.ofEntries(
            // The driver's word for a login that it cannot do, such as one without the password asked for.
            Map.entry("08004", LOGIN),
            // No better word in the closed list: the source, as configured, cannot be reached.
            Map.entry("3D000", new Meaning(ErrorType.SOURCE_UNREACHABLE, "Check dbname of the data source.")),
            Map.entry(
                    "42P01",
                    new Meaning(ErrorType.NO_SUCH_TABLE, "Check the table's path, and the names in query and filter.")),
            Map.entry("3F000", new Meaning(ErrorType.NO_SUCH_TABLE, "Check the schema's name.")),
            Map.entry("42703", new Meaning(ErrorType.NO_SUCH_COLUMN, "Check the column's name; case matters.")),
            Map.entry(CANCELLED, TOO_SLOW),
            Map.entry("25006", new Meaning(ErrorType.QUERY_ERROR, "Only reading is allowed.")),
            Map.entry("53300", FULL),
            // Who only reads in one snapshot is in nobody's way but replay's.
            Map.entry("40001", CONFLICT),
            Map.entry("55000", SQL),
            Map.entry(LOCK_NOT_AVAILABLE, LOCKED),
            Map.entry("P0001", SQL));

    /** Whole classes, looked at after whole states. */
    private static final Map<String, Meaning> BY_CLASS = Map.ofEntries(
            Map.entry("08", UNREACHABLE),
            Map.entry("57", UNREACHABLE),
            Map.entry("28", LOGIN),
            Map.entry("42", SQL),
            Map.entry("22", SQL),
            Map.entry("0A", SQL),
            Map.entry("21", SQL),
            Map.entry("25", SQL),
            Map.entry("2F", SQL),
            Map.entry("38", SQL),
            Map.entry("39", SQL),
            Map.entry("54", SQL),
            Map.entry("40", INTERRUPTED),
            Map.entry("53", BUSY),
            Map.entry("58", BUSY));

    private SqlFailures() {}

    /** How the work ends because of this error: Cancelled if it was stopped, else what the SQLState says. */
    public static DiffFailedException failure(SQLException error, Cancellation cancellation) {
        if (cancellation.cancelled()) {
            return Cancellation.stopped();
        }
        return failure(error, meaning(error));
    }

    /** The same, saying also where in a user's SQL that is; null for nowhere. */
    static DiffFailedException failure(SQLException error, @Nullable String where, Cancellation cancellation) {
        if (cancellation.cancelled() || where == null) {
            return failure(error, cancellation);
        }
        Meaning meaning = meaning(error);
        return failure(error, new Meaning(meaning.type(), where + " " + meaning.advice()));
    }

    private static DiffFailedException failure(SQLException error, Meaning meaning) {
        String message = serverSays(error) + " " + meaning.advice();
        return meaning.equals(FULL)
                ? DiffFailedException.full(new Failure(meaning.type(), message), error)
                : new DiffFailedException(meaning.type(), message, error);
    }

    /**
     * The same for errors while logging in or setting up a session: whatever is not the network is the login.
     *
     * @param options what leads there
     */
    static DiffFailedException loginFailure(SQLException error, SourceOptions options, Cancellation cancellation) {
        Optional<ForbiddenHostException> forbidden = forbidden(error);
        if (forbidden.isPresent()) {
            return new DiffFailedException(
                    ErrorType.UNSUPPORTED, String.valueOf(forbidden.get().getMessage()), error);
        }
        Optional<DiffFailedException> unreachable = unreachable(error, options);
        if (unreachable.isPresent() && !cancellation.cancelled()) {
            return unreachable.get();
        }
        DiffFailedException failure = cancellation.cancelled() || meaning(error) != UNREACHABLE
                ? failure(error, cancellation)
                : failure(error, unreachableAt(options));
        if (isDistrust(error) && !cancellation.cancelled()) {
            return failure(error, DISTRUST);
        }
        if (List.of(ErrorType.QUERY_ERROR, ErrorType.INTERNAL)
                .contains(failure.failure().type())) {
            return failure(error, LOGIN);
        }
        return failure;
    }

    private static Meaning unreachableAt(SourceOptions options) {
        return new Meaning(
                UNREACHABLE.type(),
                "Check host and port (" + options.host() + ", " + options.port() + "), and that the server is up.");
    }

    /** Where there is no server to say anything. */
    private static Optional<DiffFailedException> unreachable(SQLException error, SourceOptions options) {
        return causes(error)
                .flatMap(cause -> Stream.ofNullable(
                        cause instanceof UnknownHostException
                                ? "There is no host named " + options.host() + ". Check host of the data source."
                                : cause instanceof SocketTimeoutException
                                        ? "The server did not answer in time. "
                                                + unreachableAt(options).advice()
                                        : null))
                .findFirst()
                .map(message -> new DiffFailedException(ErrorType.SOURCE_UNREACHABLE, message, error));
    }

    /** No network trouble, which may pass: the server's certificate is not one to trust. */
    private static boolean isDistrust(Throwable error) {
        return causes(error).anyMatch(GeneralSecurityException.class::isInstance);
    }

    private static Optional<ForbiddenHostException> forbidden(Throwable error) {
        return causes(error)
                .filter(ForbiddenHostException.class::isInstance)
                .map(ForbiddenHostException.class::cast)
                .findFirst();
    }

    /** Whether nobody has said anything: no server, and no network that knows at once that there is none. */
    static boolean isSilence(DiffFailedException failure, long nanos) {
        return failure.failure().type() == ErrorType.SOURCE_UNREACHABLE
                && causes(failure).noneMatch(cause -> cause instanceof SQLException error && server(error) != null)
                && (nanos >= LONG_NANOS || causes(failure).anyMatch(SocketTimeoutException.class::isInstance));
    }

    /** The error itself, and what caused it. */
    private static Stream<Throwable> causes(Throwable error) {
        return Stream.iterate(error, Objects::nonNull, Throwable::getCause);
    }

    /** The same while tables are written. */
    static DiffFailedException writingFailure(SQLException error, Cancellation cancellation) {
        if (READ_ONLY.equals(error.getSQLState()) && !cancellation.cancelled()) {
            return failure(error, NO_WRITES);
        }
        DiffFailedException failure = failure(error, cancellation);
        boolean isRefusal = Set.of(ErrorType.QUERY_ERROR, ErrorType.NO_SUCH_TABLE, ErrorType.NO_SUCH_COLUMN)
                .contains(failure.failure().type());
        return isRefusal ? failure(error, WRITING) : failure;
    }

    /** A standby was asked to write. */
    static DiffFailedException onStandby(SQLException error) {
        return failure(error, NO_WRITES);
    }

    /** The state of the database's error that it came of; empty where it came of none. */
    public static String state(DiffFailedException failure) {
        return causes(failure)
                .filter(SQLException.class::isInstance)
                .map(cause -> String.valueOf(((SQLException) cause).getSQLState()))
                .findFirst()
                .orElse("");
    }

    /** Whether the snapshot to be imported does not exist: no such file, or no such transaction any more. */
    static boolean isLostSnapshot(SQLException error) {
        return LOST_SNAPSHOT.contains(String.valueOf(error.getSQLState()));
    }

    /** Whether the login lacks a privilege for it. */
    static boolean isDenial(SQLException error) {
        return DENIED.equals(error.getSQLState());
    }

    /** Whether somebody else's lock was in the way for too long. */
    static boolean isLocked(SQLException error) {
        return LOCK_NOT_AVAILABLE.equals(error.getSQLState());
    }

    /** Of work that would take a second connection; a refusal, so that it is done with one. */
    static SQLException noRoom(@Nullable Exception cause) {
        return new SQLException("no room for a second connection", NO_ROOM, cause);
    }

    /** Whether there was no connection, or none any more. */
    static boolean isConnection(SQLException error) {
        String state = error.getSQLState();
        return state != null && (state.startsWith("08") || state.equals("53300"));
    }

    /** Whether the server did not want what it was told, and is well otherwise. */
    static boolean isRefusal(SQLException error) {
        String state = error.getSQLState();
        return state != null && state.length() == 5 && !isLocked(error) && !NO_REFUSALS.contains(state.substring(0, 2));
    }

    private static Meaning meaning(SQLException error) {
        String state = error.getSQLState();
        if (state == null || state.length() < 2) {
            return UNKNOWN;
        }
        if (state.equals(PROTOCOL) && server(error) != null) {
            // Poolers use it for whatever they have to say.
            return POOLER;
        }
        Meaning exact = BY_STATE.get(state);
        return exact != null
                ? exact
                : BY_CLASS.getOrDefault(state.substring(0, 2), isOwnFault(error, state) ? UNKNOWN : SQL);
    }

    /** Of the driver, or of the server's inside; functions and foreign tables may name any other state for what is wrong. */
    private static boolean isOwnFault(SQLException error, String state) {
        return server(error) == null || state.startsWith(INSIDE);
    }

    /** Null for what the driver itself has found. */
    private static @Nullable ServerErrorMessage server(SQLException error) {
        return error instanceof PSQLException e ? e.getServerErrorMessage() : null;
    }

    /** The primary message only: details may quote data, and neither holds the password. */
    private static String serverSays(SQLException error) {
        ServerErrorMessage server = server(error);
        String message = server != null ? server.getMessage() : error.getMessage();
        if (message == null || message.isBlank()) {
            return "The database reported error " + error.getSQLState() + ".";
        }
        return "The database says: " + message + (message.endsWith(".") ? "" : ".");
    }
}
