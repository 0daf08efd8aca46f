package io.parallax.worker;

import io.parallax.contract.seal.SealingKey;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.smallrye.reactive.messaging.memory.InMemoryConnector;
import java.util.HashMap;
import java.util.Map;

/** The worker's channels without Kafka, and a sealing key. */
public final class InMemoryChannels implements QuarkusTestResourceLifecycleManager {
    static final String SEALING_KEY = SealingKey.random();

    @Override
    public Map<String, String> start() {
        Map<String, String> settings = new HashMap<>();
        settings.putAll(InMemoryConnector.switchIncomingChannelsToInMemory(
                "worker-jobs-in", "worker-tasks-in", "worker-control-in"));
        settings.putAll(
                InMemoryConnector.switchOutgoingChannelsToInMemory("worker-results-out", "worker-dead-letter-out"));
        settings.put("parallax.sealing-key", SEALING_KEY);
        settings.put("parallax.engine.connect-timeout", "3s");
        settings.put("parallax.worker.name", "worker-under-test");
        settings.put("parallax.worker.alive-interval", "200ms");
        settings.put("parallax.worker.grace", "0s");
        // Tests look at what is said of their own work.
        settings.put("parallax.worker.presence-interval", "1h");
        settings.put("parallax.worker.hold-check-interval", "50ms");
        settings.put("quarkus.http.test-port", "0");
        settings.put("quarkus.management.test-port", "0");
        return settings;
    }

    @Override
    public void stop() {
        InMemoryConnector.clear();
    }
}
