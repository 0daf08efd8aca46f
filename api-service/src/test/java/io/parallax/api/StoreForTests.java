package io.parallax.api;

import io.parallax.api.messaging.Channels;
import io.parallax.contract.seal.SealingKey;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.smallrye.reactive.messaging.memory.InMemoryConnector;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** An embedded PostgreSQL as the store, and the keys that the environment gives. */
public final class StoreForTests implements QuarkusTestResourceLifecycleManager {
    public static final String API_KEY = "a-key-for-tests-of-some-length";
    public static final String SEALING_KEY = SealingKey.random();

    private Map<String, String> others = Map.of();
    private EmbeddedPostgres server;
    private TripWire wire;

    /** @param settings that a test wants otherwise */
    @Override
    public void init(Map<String, String> settings) {
        others = settings;
    }

    @Override
    public Map<String, String> start() {
        try {
            server = EmbeddedPostgres.builder().start();
            wire = new TripWire(server.getPort());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Map<String, String> settings = new HashMap<>();
        for (String channel :
                List.of(Channels.JOBS, Channels.TASKS, Channels.CONTROL, Channels.DEAD_LETTER, Channels.EVENTS)) {
            settings.put("mp.messaging.outgoing." + channel + ".connector", InMemoryConnector.CONNECTOR);
        }
        for (String channel : List.of(Channels.RESULTS, Channels.REQUESTS)) {
            settings.put("mp.messaging.incoming." + channel + ".connector", InMemoryConnector.CONNECTOR);
        }
        settings.put("parallax.requests.enabled", "true");
        settings.put("mp.messaging.incoming." + Channels.REQUESTS + ".run-on-vertx-context", "true");
        settings.put("parallax.lists.patience", "3s");
        // Tests ask again at once.
        settings.put("parallax.rate-limit.per-second", "0");
        settings.putAll(Map.of(
                "parallax.store.host", "localhost",
                "parallax.store.port", Integer.toString(wire.port()),
                "parallax.store.database", "postgres",
                "parallax.store.user", "postgres",
                "parallax.store.password", "postgres",
                "parallax.sealing-key", SEALING_KEY,
                "parallax.bootstrap-api-key", API_KEY));
        // Tests sweep when they want to.
        settings.put("parallax.events.every", "off");
        // Tests leave diffs behind that no worker takes up.
        settings.put("parallax.ledger.queue", "10000");
        settings.putAll(Map.of(
                "parallax.ledger.sweep-every", "off",
                "parallax.kafka-watch-every", "off",
                "parallax.key-check-every", "off",
                "parallax.ledger.window", "3",
                "parallax.ledger.pause", "0s",
                "parallax.ledger.calm", "0s",
                "parallax.results.most-per-kind", "10",
                "parallax.events.denied-hosts", "127.0.0.8/30, ::1",
                "quarkus.http.test-port", "0",
                "quarkus.management.test-port", "0"));
        settings.putAll(others);
        return settings;
    }

    @Override
    public void stop() {
        try {
            wire.close();
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
