package io.parallax.engine.postgres.session;

import io.parallax.contract.DiffFailedException;
import io.parallax.contract.ErrorType;
import io.parallax.contract.SourceDetails;
import io.parallax.engine.session.Cancellation;
import io.parallax.engine.session.ConnectionSettings;
import io.parallax.engine.session.KnownServers;
import io.parallax.engine.session.Locking;
import io.parallax.engine.session.Sessions;
import io.parallax.engine.session.SideThreads;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;
import org.postgresql.PGProperty;

/** Opens sessions of PostgreSQL. */
public final class PostgresSessions implements Sessions {
    private static final Duration NETWORK_MARGIN = Duration.ofSeconds(60);
    private static final int OLDEST_VERSION = 13;

    /** A shorter URL would make the driver forget the database. */
    private static final String FROM_PROPERTIES = "jdbc:postgresql:///";

    private static final Executor INLINE = Runnable::run;

    private final ConnectionSettings settings;
    private final Driver driver = new Driver();
    private final SideThreads otherSide = new SideThreads();
    private final IdleConnections idle = new IdleConnections(otherSide);
    private final Probes probes = new Probes(System::nanoTime);
    private final LockWatches watches = new LockWatches();
    private final KnownServers known = new KnownServers();

    public PostgresSessions(ConnectionSettings settings) {
        this.settings = settings;
    }

    @Override
    public PostgresSession open(SourceDetails source, Locking locking, Cancellation cancellation) {
        SourceOptions options = new SourceOptions(source);
        try (LockWatch watch = watch(source)) {
            return opening(source, options, watch, cancellation).locking(locking);
        } catch (SQLException e) {
            throw SqlFailures.loginFailure(e, options, cancellation);
        }
    }

    @Override
    public PostgresSession open(SourceDetails source, String snapshot, Locking locking, Cancellation cancellation) {
        SourceOptions options = new SourceOptions(source);
        try (LockWatch watch = watch(source)) {
            Opening opening = opening(source, options, watch, cancellation);
            return locking.isNothing() ? opening.importing(snapshot) : opening.importing(snapshot, locking);
        } catch (SQLException e) {
            if (SqlFailures.isLostSnapshot(e)) {
                String gone = "The snapshot that this diff reads is gone; start it again.";
                throw DiffFailedException.losingPlan(
                        ErrorType.SOURCE_UNREACHABLE,
                        isStandby(source, cancellation) ? gone + " " + SqlFailures.ON_STANDBY : gone,
                        e);
            }
            throw SqlFailures.loginFailure(e, options, cancellation);
        }
    }

    @Override
    public Executor otherSide() {
        return otherSide;
    }

    @Override
    public KnownServers known() {
        return known;
    }

    @Override
    public void close() {
        otherSide.close();
        watches.close();
        idle.close();
    }

    private boolean isStandby(SourceDetails source, Cancellation cancellation) {
        try (PostgresSession session = open(source, Locking.NONE, cancellation)) {
            return session.isOnStandby();
        } catch (DiffFailedException e) {
            return false;
        }
    }

    private Opening opening(SourceDetails source, SourceOptions options, LockWatch watch, Cancellation cancellation) {
        if (cancellation.cancelled()) {
            throw Cancellation.stopped();
        }
        return new Opening(
                settings,
                applicationName(source),
                options.role(),
                source.settings(),
                watch,
                statements -> begun(source, options, watch, statements, cancellation),
                cancellation);
    }

    private LockWatch watch(SourceDetails source) {
        return watches.enter(source, settings, () -> connect(new SourceOptions(source), new Cancellation()));
    }

    private Opening.Begun begun(
            SourceDetails source,
            SourceOptions options,
            LockWatch watch,
            List<String> statements,
            Cancellation cancellation)
            throws SQLException {
        IdleConnections.Use use = use(source, options);
        try {
            Connection kept = use.spare();
            Opening.Begun begun = kept == null ? null : reopened(kept, watch, use, statements, cancellation);
            if (begun == null) {
                begun = begun(connect(options, cancellation), watch, use, statements, cancellation);
            }
            begun.session().told().remember(source.settings());
            return begun;
        } catch (SQLException | RuntimeException e) {
            use.end();
            throw e;
        }
    }

    private Opening.@Nullable Begun reopened(
            Connection connection,
            LockWatch watch,
            IdleConnections.Use use,
            List<String> statements,
            Cancellation cancellation)
            throws SQLException {
        try {
            return begun(connection, watch, use, statements, cancellation);
        } catch (SQLException e) {
            if (SqlFailures.isLocked(e) || SqlFailures.isRefusal(e)) {
                throw e;
            }
            // It was closed meanwhile; a new one tells whether the source is well.
            return null;
        }
    }

    private Opening.Begun begun(
            Connection connection,
            LockWatch watch,
            IdleConnections.Use use,
            List<String> statements,
            Cancellation cancellation)
            throws SQLException {
        PostgresSession session = new PostgresSession(connection, cancellation, use, watches.soon());
        try {
            connection.setNetworkTimeout(INLINE, millis(settings.connectTimeout()));
            String answer = session.begin(statements);
            connection.setNetworkTimeout(
                    INLINE, millis(settings.statementTimeout().plus(NETWORK_MARGIN)));
            session.watchedBy(watch);
            return new Opening.Begun(session, answer);
        } catch (SQLException e) {
            if (SqlFailures.isLocked(e) || SqlFailures.isRefusal(e)) {
                session.closeRefused();
            } else {
                IdleConnections.closeQuietly(connection);
            }
            throw e;
        } catch (RuntimeException e) {
            IdleConnections.closeQuietly(connection);
            throw e;
        }
    }

    private IdleConnections.Use use(SourceDetails source, SourceOptions options) {
        return idle.begin(
                new IdleConnections.Origin(source.options(), settings),
                // Of a limited source, a connection that nobody uses would be missing elsewhere.
                source.maxConnections() == null ? options.idleFor() : Duration.ZERO);
    }

    @Override
    public PostgresWritingSession openToWrite(SourceDetails source, Cancellation cancellation) {
        if (cancellation.cancelled()) {
            throw Cancellation.stopped();
        }
        SourceOptions options = new SourceOptions(source);
        IdleConnections.Use use = use(source, options);
        try {
            return openedToWrite(source, options, use, cancellation);
        } catch (RuntimeException e) {
            use.end();
            throw e;
        }
    }

    private PostgresWritingSession openedToWrite(
            SourceDetails source, SourceOptions options, IdleConnections.Use use, Cancellation cancellation) {
        Connection connection = connect(options, cancellation);
        try (LockWatch watch = watch(source)) {
            PostgresWritingSession session = new PostgresWritingSession(connection, use, cancellation);
            session.begin(SessionSettings.toWrite(settings, applicationName(source), options.role()), watch);
            connection.setNetworkTimeout(
                    INLINE, millis(settings.statementTimeout().plus(NETWORK_MARGIN)));
            return session;
        } catch (SQLException e) {
            boolean standby = !cancellation.cancelled() && isStandby(connection);
            IdleConnections.closeQuietly(connection);
            throw standby ? SqlFailures.onStandby(e) : SqlFailures.loginFailure(e, options, cancellation);
        }
    }

    /** Asked when a session could not begin. */
    private static boolean isStandby(Connection connection) {
        try (Statement statement = connection.createStatement()) {
            connection.rollback();
            try (ResultSet row = statement.executeQuery("select pg_catalog.pg_is_in_recovery()")) {
                return row.next() && row.getBoolean(1);
            }
        } catch (SQLException e) {
            return false;
        }
    }

    private String applicationName(SourceDetails source) {
        String purpose = source.purpose();
        return purpose == null ? settings.applicationName() : purpose;
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
        // A pooler may give each transaction another connection, which knows none of the last one's statements.
        PGProperty.PREPARE_THRESHOLD.set(properties, 0);
        PGProperty.ASSUME_MIN_SERVER_VERSION.set(properties, "12");
        PGProperty.SOCKET_FACTORY.set(properties, CheckedSockets.class.getName());
        PGProperty.SSL_FACTORY.set(properties, LoginSslSockets.class.getName());
        if (certificateFile != null) {
            PGProperty.SSL_ROOT_CERT.set(properties, certificateFile);
        }
        return probed(options, properties, cancellation);
    }

    private Connection probed(SourceOptions options, Properties properties, Cancellation cancellation) {
        try {
            return probes.connect(options.server(), cancellation, heard -> connect(options, properties, heard));
        } catch (DiffFailedException e) {
            throw cancellation.cancelled() ? Cancellation.stopped() : e;
        }
    }

    /** Whether or not somebody has stopped it meanwhile: others want to know what came of it. */
    private Connection connect(SourceOptions options, Properties properties, Runnable heard) {
        try (CheckedSockets.Listening listening = CheckedSockets.listening(heard)) {
            PGProperty.SOCKET_FACTORY_ARG.set(
                    properties, listening.argument(settings.allowedHosts(), settings.deniedHosts()));
            Connection connection = driver.connect(FROM_PROPERTIES, properties);
            if (connection == null) {
                throw new IllegalStateException("the driver does not know its own URL");
            }
            requireVersion(connection);
            return connection;
        } catch (SQLException e) {
            throw SqlFailures.loginFailure(e, options, new Cancellation());
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
