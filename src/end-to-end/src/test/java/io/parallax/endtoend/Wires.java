package io.parallax.endtoend;

import io.parallax.standalone.embedded.PostgresServer;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;

/** How services reach PostgreSQL and Kafka. */
interface Wires {
    Wires PLAIN = new Wires() {};

    /** Gets ready, with a directory of its own. */
    default void prepare(Path directory) throws IOException, InterruptedException {}

    /** Has a server that stands let in only who comes this way. */
    default void secure(PostgresServer postgres) throws IOException, SQLException {}

    /** What a broker is to be told. */
    default Map<String, String> brokerSettings() {
        return Map.of();
    }

    /** What services are to be told. */
    default Map<String, String> environment() {
        return Map.of();
    }
}
