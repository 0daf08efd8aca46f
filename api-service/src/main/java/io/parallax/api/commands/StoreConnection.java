package io.parallax.api.commands;

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
        PGProperty.PG_HOST.set(properties, environment.getOrDefault("PARALLAX_STORE_HOST", "localhost"));
        PGProperty.PG_PORT.set(properties, environment.getOrDefault("PARALLAX_STORE_PORT", "5432"));
        PGProperty.PG_DBNAME.set(properties, environment.getOrDefault("PARALLAX_STORE_DATABASE", "parallax"));
        PGProperty.USER.set(properties, environment.getOrDefault("PARALLAX_STORE_USER", "parallax"));
        PGProperty.PASSWORD.set(properties, environment.getOrDefault("PARALLAX_STORE_PASSWORD", ""));
        PGProperty.CONNECT_TIMEOUT.set(properties, SECONDS);
        PGProperty.LOGIN_TIMEOUT.set(properties, SECONDS);
        Connection connection = new Driver().connect("jdbc:postgresql:///", properties);
        if (connection == null) {
            throw new IllegalStateException("the driver does not know its own URL");
        }
        return connection;
    }
}
