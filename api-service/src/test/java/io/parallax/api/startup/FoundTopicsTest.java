package io.parallax.api.startup;

import static org.assertj.core.api.Assertions.assertThat;

import io.parallax.contract.Topics;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartitionInfo;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FoundTopicsTest {
    private static final Node BROKER = new Node(1, "broker", 9092);
    private static final TopicPlan TASKS = new TopicPlan(Topics.TASKS, 3, Duration.ofHours(1), true);
    private static final TopicPlan JOBS = new TopicPlan(Topics.JOBS, 1, Duration.ofHours(1), true);

    private static TopicPartitionInfo partition(int number, @Nullable Node leader) {
        return new TopicPartitionInfo(number, leader, List.of(BROKER), List.of(BROKER));
    }

    private static TopicDescription topic(String name, TopicPartitionInfo... partitions) {
        return new TopicDescription(name, false, List.of(partitions));
    }

    @Test
    void allIsWellWithWhatThereIsToBe() {
        FoundTopics found = new FoundTopics(
                List.of(TASKS, JOBS),
                Map.of(
                        Topics.TASKS,
                        topic(Topics.TASKS, partition(0, BROKER), partition(1, BROKER), partition(2, BROKER)),
                        Topics.JOBS,
                        topic(Topics.JOBS, partition(0, BROKER))));
        assertThat(found.outages()).isEmpty();
        assertThat(found.narrow()).isEmpty();
        assertThat(found.present().get(Topics.TASKS)).containsExactly(0, 1, 2);
    }

    @Test
    void aTopicThatIsMissingIsAnOutage() {
        FoundTopics found =
                new FoundTopics(List.of(TASKS, JOBS), Map.of(Topics.JOBS, topic(Topics.JOBS, partition(0, BROKER))));
        assertThat(found.missing()).containsExactly(TASKS);
        assertThat(found.lacksTopics()).isTrue();
        assertThat(found.narrow()).isEmpty();
        assertThat(found.outages()).containsExactly("the topic parallax.tasks is missing");
        assertThat(found.present()).doesNotContainKey(Topics.TASKS);
    }

    @Test
    void whatIsNotNeededIsNoOutage() {
        FoundTopics found = new FoundTopics(
                List.of(new TopicPlan(Topics.REQUESTS, 1, Duration.ofHours(1), false), JOBS),
                Map.of(Topics.JOBS, topic(Topics.JOBS, partition(0, BROKER))));
        assertThat(found.missing()).hasSize(1);
        assertThat(found.lacksTopics()).isFalse();
        assertThat(found.outages()).isEmpty();
    }

    @Test
    void aPartitionWithoutALeaderIsAnOutageAndGetsNoTasks() {
        FoundTopics found = new FoundTopics(
                List.of(TASKS),
                Map.of(
                        Topics.TASKS,
                        topic(Topics.TASKS, partition(0, null), partition(1, BROKER), partition(2, Node.noNode()))));
        assertThat(found.outages())
                .containsExactly(
                        "the partition parallax.tasks-0 has no leader", "the partition parallax.tasks-2 has no leader");
        assertThat(found.present().get(Topics.TASKS)).containsExactly(1);
    }

    @Test
    void aLesserTopicIsNarrowAndNoOutage() {
        FoundTopics found =
                new FoundTopics(List.of(TASKS), Map.of(Topics.TASKS, topic(Topics.TASKS, partition(0, BROKER))));
        assertThat(found.narrow()).containsExactly(TASKS);
        assertThat(found.outages()).isEmpty();
        assertThat(found.present().get(Topics.TASKS)).containsExactly(0);
    }
}
