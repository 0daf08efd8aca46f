package io.parallax.endtoend;

import io.parallax.standalone.embedded.KafkaBroker;
import io.parallax.standalone.embedded.PostgresServer;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;

/** How services reach PostgreSQL and Kafka. */
interface Wires {
    Wires PLAIN = new Wires() {};
    String OPERATOR = "operator";

    /** Gets ready, with a directory of its own. */
    default void prepare(Path directory) throws IOException, InterruptedException {}

    /** Has a server that stands let in only who comes this way. */
    default void secure(PostgresServer postgres) throws IOException, SQLException {}

    /** What a broker is to be told. */
    default Map<String, String> brokerSettings() {
        return Map.of();
    }

    /** Has a broker that stands let everybody do what they may. */
    default void permit(KafkaBroker kafka) throws Exception {}

    /**
     * What a service is to be told.
     *
     * @param who a module, or {@link #OPERATOR} for the commands
     */
    default Map<String, String> environment(String who) {
        return Map.of();
    }
}
