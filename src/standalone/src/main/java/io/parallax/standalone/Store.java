package io.parallax.standalone;

import io.parallax.standalone.data.DataDirectory;
import io.parallax.standalone.data.KeptPort;
import io.parallax.standalone.data.Secrets;
import io.parallax.standalone.demo.DemoTables;
import io.parallax.standalone.embedded.PostgresServer;
import io.parallax.standalone.embedded.PostgresSettings;
import java.io.IOException;
import java.sql.SQLException;

/** The embedded PostgreSQL with the services' database in it, and the one that the demo compares. */
final class Store {
    static final String DATABASE = "parallax";
    static final String ROLE = "parallax";

    private Store() {}

    static PostgresServer start(DataDirectory data, Secrets secrets) throws IOException, SQLException {
        // One that a killed process left behind still has the port that kept data sources point at.
        PostgresServer.stopLeftOver(data.postgresql());
        PostgresServer server = PostgresServer.start(new PostgresSettings(
                data.postgresql(),
                data.postgresqlBinaries(),
                KeptPort.in(data.note("postgresql.port")),
                secrets.superuserPassword(),
                true));
        try {
            server.ensureRole(ROLE, secrets.storePassword());
            server.ensureDatabase(DATABASE, ROLE);
            DemoTables.ensure(server, secrets.demoPassword());
            return server;
        } catch (SQLException | RuntimeException e) {
            server.close();
            throw e;
        }
    }
}
