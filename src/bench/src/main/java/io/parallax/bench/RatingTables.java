package io.parallax.bench;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** Two identical tables of ratings. */
final class RatingTables {
    static final String SCHEMA = "parallax_bench";
    static final String A = "rating_a";
    static final String B = "rating_b";

    private RatingTables() {}

    static void make(Server server, long rows) throws IOException, SQLException {
        try (Connection connection = server.connect();
                Statement statement = connection.createStatement()) {
            for (String sql : Sql.statements("rating.sql")) {
                statement.execute(sql.replace(":rows", Long.toString(rows)));
            }
        }
    }

    static void drop(Server server) throws SQLException {
        try (Connection connection = server.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("DROP SCHEMA IF EXISTS " + SCHEMA + " CASCADE");
        }
    }
}
