package io.parallax.api.health;

import jakarta.enterprise.context.ApplicationScoped;

/** Whether Kafka answered when it was last asked. */
@ApplicationScoped
public class KafkaState {
    private volatile boolean reachable;

    /** Notes an answer, or none. */
    public void set(boolean reachable) {
        this.reachable = reachable;
    }

    public boolean reachable() {
        return reachable;
    }
}
