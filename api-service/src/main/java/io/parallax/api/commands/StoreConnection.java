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
        PGProperty.LOGIN_TIMEOUT.set(properties, SECONDS);
        Connection connection = new Driver().connect(url(environment), properties);
        if (connection == null) {
            throw new IllegalStateException("the driver does not know its own URL");
        }
        return connection;
    }

    static String user(Map<String, String> environment) {
        return environment.getOrDefault("PARALLAX_STORE_USER", "parallax");
    }

    static String password(Map<String, String> environment) {
        return environment.getOrDefault("PARALLAX_STORE_PASSWORD", "");
    }

    static String url(Map<String, String> environment) {
        return "jdbc:postgresql://" + environment.getOrDefault("PARALLAX_STORE_HOST", "localhost") + ":"
                + environment.getOrDefault("PARALLAX_STORE_PORT", "5432") + "/"
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
