package io.parallax.api.startup;

import io.parallax.contract.Topics;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.TopicConfig;

/**
 * What one topic is to be like.
 *
 * @param isNeeded whether this service cannot do its work without it
 */
record TopicPlan(String name, int partitions, Duration retention, boolean isNeeded) {
    /** Records are dropped a segment at a time; of a topic with few, one would last for a week. */
    private static final int SEGMENTS = 4;

    static List<TopicPlan> all(TopicSettings settings, boolean takesRequests) {
        return List.of(
                new TopicPlan(Topics.JOBS, settings.partitions(), settings.workRetention(), true),
                new TopicPlan(Topics.TASKS, settings.taskPartitions(), settings.workRetention(), true),
                new TopicPlan(Topics.RESULTS, settings.partitions(), settings.workRetention(), true),
                new TopicPlan(Topics.CONTROL, 1, settings.workRetention(), true),
                new TopicPlan(Topics.EVENTS, settings.partitions(), settings.retention(), true),
                new TopicPlan(Topics.REQUESTS, settings.partitions(), settings.retention(), takesRequests),
                new TopicPlan(Topics.DEAD_LETTER, 1, settings.retention(), true));
    }

    Map<String, String> settings() {
        return Map.of(
                TopicConfig.MAX_MESSAGE_BYTES_CONFIG,
                Integer.toString(Topics.MAX_RECORD_BYTES),
                TopicConfig.RETENTION_MS_CONFIG,
                Long.toString(retention.toMillis()),
                TopicConfig.SEGMENT_MS_CONFIG,
                Long.toString(retention.dividedBy(SEGMENTS).toMillis()));
    }
}
