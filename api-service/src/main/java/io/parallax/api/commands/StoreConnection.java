package io.parallax.api.commands;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.Properties;
import org.postgresql.Driver;
import org.postgresql.PGProperty;

/** A way to the store for as long as a command takes, by the same environment as the service's. */
final class StoreConnection {
    private static final int SECONDS = 10;

    private StoreConnection() {}

    static Connection open(Map<String, String> environment) throws SQLException {
        Properties properties = new Properties();
        PGProperty.USER.set(properties, user(environment));
        PGProperty.PASSWORD.set(properties, password(environment));
        PGProperty.CONNECT_TIMEOUT.set(properties, SECONDS);
        // What a pooler stands before knows of no statement that was prepared earlier.
        PGProperty.PREPARE_THRESHOLD.set(properties, 0);
        PGProperty.LOGIN_TIMEOUT.set(properties, SECONDS);
        Connection connection = new Driver().connect(url(environment), properties);
        if (connection == null) {
            throw new IllegalStateException("the driver does not know its own URL");
        }
        return connection;
    }

    /** Whether a session of ours would be one with the store's. */
    static boolean isOneSession(Map<String, String> environment) {
        return !environment.getOrDefault("PARALLAX_STORE_POOLER", "none").equals("transaction")
                || environment.containsKey("PARALLAX_STORE_DIRECT_HOST")
                || environment.containsKey("PARALLAX_STORE_DIRECT_PORT");
    }

    static String user(Map<String, String> environment) {
        return environment.getOrDefault("PARALLAX_STORE_USER", "parallax");
    }

    static String password(Map<String, String> environment) {
        return environment.getOrDefault("PARALLAX_STORE_PASSWORD", "");
    }

    static String url(Map<String, String> environment) {
        String host = environment.getOrDefault("PARALLAX_STORE_HOST", "localhost");
        String port = environment.getOrDefault("PARALLAX_STORE_PORT", "5432");
        // Past a pooler, where there is one: a command is one session.
        return "jdbc:postgresql://" + environment.getOrDefault("PARALLAX_STORE_DIRECT_HOST", host) + ":"
                + environment.getOrDefault("PARALLAX_STORE_DIRECT_PORT", port) + "/"
                + encoded(environment.getOrDefault("PARALLAX_STORE_DATABASE", "parallax"))
                + "?sslmode=" + encoded(environment.getOrDefault("PARALLAX_STORE_SSLMODE", "prefer"))
                + rootCertificate(environment.getOrDefault("PARALLAX_STORE_ROOTCERT", ""));
    }

    private static String rootCertificate(String file) {
        return file.isEmpty() ? "" : "&sslrootcert=" + encoded(file);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
