package io.parallax.engine.source;

import io.parallax.contract.DiffFailedException;
import io.parallax.contract.ErrorType;
import io.parallax.contract.SourceDetails;
import io.parallax.engine.Cancellation;
import io.parallax.engine.EngineSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;
import org.postgresql.PGProperty;

/** Opens sessions. */
public final class Sessions {
    private static final Duration NETWORK_MARGIN = Duration.ofSeconds(60);
    private static final int OLDEST_VERSION = 13;

    /** A shorter URL would make the driver forget the database. */
    private static final String FROM_PROPERTIES = "jdbc:postgresql:///";

    private static final Executor INLINE = Runnable::run;

    private final EngineSettings settings;
    private final Driver driver = new Driver();
    private final IdleConnections idle = IdleConnections.OF_THIS_PROCESS;

    public Sessions(EngineSettings settings) {
        this.settings = settings;
    }

    /** A session in one read-only transaction that sees a snapshot of its own. */
    public Session open(SourceDetails source, Cancellation cancellation) {
        return open(source, null, cancellation);
    }

    /**
     * A session in one read-only transaction that sees one snapshot.
     *
     * @param snapshot the name of one that another session has exported; null for its own
     * @throws DiffFailedException that loses the plan when that snapshot is gone
     * @throws DiffFailedException when the source cannot be reached, or not with these details
     */
    public Session open(SourceDetails source, @Nullable String snapshot, Cancellation cancellation) {
        if (cancellation.cancelled()) {
            throw Cancellation.stopped();
        }
        SourceOptions options = new SourceOptions(source);
        List<String> begin = SessionSettings.statements(settings, options.role(), snapshot);
        IdleConnections.Origin origin = new IdleConnections.Origin(source, settings.applicationName());
        Session kept = reopened(origin, begin, cancellation);
        if (kept != null) {
            return told(kept, source);
        }
        Connection connection = connect(options, cancellation);
        try {
            return told(begun(connection, origin, begin, cancellation), source);
        } catch (SQLException e) {
            IdleConnections.closeQuietly(connection);
            if (snapshot != null && SqlFailures.isLostSnapshot(e)) {
                throw DiffFailedException.losingPlan(
                        ErrorType.SOURCE_UNREACHABLE, "The snapshot that this diff reads is gone; start it again.", e);
            }
            throw SqlFailures.loginFailure(e, cancellation);
        }
    }

    /**
     * A transaction that writes, on a connection of its own.
     *
     * @throws DiffFailedException when the source cannot be reached, or not with these details
     */
    public WritingSession openToWrite(SourceDetails source, Cancellation cancellation) {
        if (cancellation.cancelled()) {
            throw Cancellation.stopped();
        }
        SourceOptions options = new SourceOptions(source);
        Connection connection = connect(options, cancellation);
        try {
            WritingSession session = new WritingSession(connection, cancellation);
            session.begin(SessionSettings.toWrite(settings, options.role()));
            connection.setNetworkTimeout(
                    INLINE, millis(settings.statementTimeout().plus(NETWORK_MARGIN)));
            return session;
        } catch (SQLException e) {
            IdleConnections.closeQuietly(connection);
            throw SqlFailures.loginFailure(e, cancellation);
        }
    }

    /** What clients want it told, but for what every session fixes. */
    private static Session told(Session session, SourceDetails source) {
        try {
            Map<String, String> settings = source.settings();
            if (settings != null && !settings.isEmpty()) {
                session.set(settings);
            }
            return session;
        } catch (RuntimeException | Error e) {
            session.close();
            throw e;
        }
    }

    private @Nullable Session reopened(IdleConnections.Origin origin, List<String> begin, Cancellation cancellation) {
        Connection connection = idle.take(origin);
        if (connection == null) {
            return null;
        }
        try {
            return begun(connection, origin, begin, cancellation);
        } catch (SQLException e) {
            // It was closed meanwhile; a new one tells whether the source is well.
            IdleConnections.closeQuietly(connection);
            return null;
        }
    }

    private Session begun(
            Connection connection, IdleConnections.Origin origin, List<String> begin, Cancellation cancellation)
            throws SQLException {
        // Of a limited source, a connection that nobody uses would be missing elsewhere.
        Runnable keep = origin.source().maxConnections() == null
                ? () -> idle.keep(origin, connection)
                : () -> IdleConnections.closeQuietly(connection);
        Session session = new Session(connection, cancellation, keep);
        connection.setNetworkTimeout(INLINE, millis(settings.connectTimeout()));
        session.begin(begin);
        connection.setNetworkTimeout(INLINE, millis(settings.statementTimeout().plus(NETWORK_MARGIN)));
        return session;
    }

    private Connection connect(SourceOptions options, Cancellation cancellation) {
        String certificate = options.rootCertificate();
        if (certificate == null) {
            return connect(options, null, cancellation);
        }
        try {
            Path file = Files.createTempFile("parallax-", ".pem");
            try {
                return connect(options, Files.writeString(file, certificate).toString(), cancellation);
            } finally {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new DiffFailedException(ErrorType.INTERNAL, "The worker cannot write a temporary file.", e);
        }
    }

    private Connection connect(SourceOptions options, @Nullable String certificateFile, Cancellation cancellation) {
        Properties properties = options.properties();
        int seconds = (int) Math.max(1, settings.connectTimeout().toSeconds());
        PGProperty.CONNECT_TIMEOUT.set(properties, seconds);
        PGProperty.LOGIN_TIMEOUT.set(properties, seconds);
        // Only until the session is open, so that a silent server does not keep the login's thread.
        PGProperty.SOCKET_TIMEOUT.set(properties, seconds);
        PGProperty.TCP_KEEP_ALIVE.set(properties, true);
        PGProperty.APPLICATION_NAME.set(properties, settings.applicationName());
        PGProperty.ASSUME_MIN_SERVER_VERSION.set(properties, "12");
        if (!settings.allowedHosts().isBlank() || !settings.deniedHosts().isBlank()) {
            PGProperty.SOCKET_FACTORY.set(properties, CheckedSockets.class.getName());
            PGProperty.SOCKET_FACTORY_ARG.set(
                    properties, CheckedSockets.argument(settings.allowedHosts(), settings.deniedHosts()));
        }
        if (certificateFile != null) {
            PGProperty.SSL_ROOT_CERT.set(properties, certificateFile);
        }
        try {
            Connection connection = driver.connect(FROM_PROPERTIES, properties);
            if (connection == null) {
                throw new IllegalStateException("the driver does not know its own URL");
            }
            requireVersion(connection);
            return connection;
        } catch (SQLException e) {
            throw SqlFailures.loginFailure(e, cancellation);
        }
    }

    private static void requireVersion(Connection connection) throws SQLException {
        int version = connection.getMetaData().getDatabaseMajorVersion();
        if (version < OLDEST_VERSION) {
            IdleConnections.closeQuietly(connection);
            throw new DiffFailedException(
                    ErrorType.UNSUPPORTED,
                    "The server is PostgreSQL " + version + "; version " + OLDEST_VERSION + " or newer is needed.");
        }
    }

    private static int millis(Duration duration) {
        return (int) Math.min(Integer.MAX_VALUE, duration.toMillis());
    }
}
