package io.parallax.api.startup;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** What the topics are to be like. */
@ConfigMapping(prefix = "parallax.topics")
public interface TopicSettings {
    /** Partitions of the topic of tasks: many, as one slow task must not hold up its neighbours. */
    @WithDefault("64")
    int taskPartitions();

    /** Partitions of the topics of jobs, results, events and requests; never more workers than these plan at a time. */
    @WithDefault("16")
    int partitions();

    /** How many brokers have each partition of a topic that is made; the brokers' own default when absent. */
    Optional<Short> replication();

    /** How long work and its results are kept: longer than the ledger waits before it sends them again, and no more. */
    @WithDefault("12h")
    Duration workRetention();

    /** How long events, requests and dead letters are kept. */
    @WithDefault("7d")
    Duration retention();
}
