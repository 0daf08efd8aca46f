package io.parallax.api.health;

import jakarta.enterprise.context.ApplicationScoped;

/** What Kafka answered when it was last asked. */
@ApplicationScoped
public class KafkaState {
    private volatile boolean reachable;
    private volatile boolean lacksTopics;

    /** Notes an answer, or none. */
    public void set(boolean reachable) {
        this.reachable = reachable;
    }

    public boolean reachable() {
        return reachable;
    }

    /** Notes whether a topic is missing. */
    public void setLacksTopics(boolean lacksTopics) {
        this.lacksTopics = lacksTopics;
    }

    /**
     * Passes unless a topic is known to be missing: a message would have the broker make one of its own liking.
     *
     * @throws IllegalStateException when one is
     */
    public void requireTopics() {
        if (lacksTopics) {
            throw new IllegalStateException("Kafka is not there, or has not all topics");
        }
    }
}
