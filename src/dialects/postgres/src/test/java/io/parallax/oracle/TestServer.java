package io.parallax.oracle;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parallax.contract.SourceDetails;
import io.parallax.oracle.draw.Databases;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;

/** A PostgreSQL server with the two databases that pairs are drawn into. */
final class TestServer implements AutoCloseable {
    private final EmbeddedPostgres server;

    private TestServer(EmbeddedPostgres server) {
        this.server = server;
    }

    static TestServer start() throws IOException, SQLException {
        TestServer started = new TestServer(EmbeddedPostgres.builder()
                .setServerConfig("autovacuum", "off")
                .setServerConfig("max_connections", "200")
                .start());
        try (Connection connection = started.connect("postgres")) {
            Databases.create(connection);
        }
        for (int database = 0; database < Databases.NAMES.size(); database++) {
            try (Connection connection = started.connect(database)) {
                Databases.furnish(connection, database);
            }
        }
        return started;
    }

    /** A session in which every value is read as text, in the forms that {@link Relation} promises. */
    Connection connect(int database) throws SQLException {
        return connect(Databases.NAMES.get(database));
    }

    private Connection connect(String database) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", "postgres");
        properties.setProperty("preferQueryMode", "simple");
        String url = "jdbc:postgresql://localhost:" + server.getPort() + "/" + database;
        Connection connection = DriverManager.getConnection(url, properties);
        try (Statement statement = connection.createStatement()) {
            statement.execute(Reader.SETTINGS);
        }
        return connection;
    }

    SourceDetails source(int database) {
        ObjectNode options = JsonNodeFactory.instance.objectNode();
        options.put("host", "localhost");
        options.put("port", server.getPort());
        options.put("user", "postgres");
        options.put("password", "postgres");
        options.put("dbname", Databases.NAMES.get(database));
        return new SourceDetails("pg", options);
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
