package io.parallax.api.startup;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartitionInfo;

/**
 * What is there of the topics that are to be.
 *
 * @param missing topics that are not there at all
 * @param narrow topics with fewer partitions than they are to have
 * @param leaderless partitions that nobody can write to or read just now
 * @param present the partitions of each topic that can be written to
 */
record FoundTopics(
        List<TopicPlan> missing, List<TopicPlan> narrow, List<String> leaderless, Map<String, List<Integer>> present) {
    static FoundTopics of(List<TopicPlan> plans, Map<String, TopicDescription> found) {
        return new FoundTopics(
                plans.stream().filter(plan -> !found.containsKey(plan.name())).toList(),
                plans.stream()
                        .filter(plan -> partitions(found, plan.name()).size() < plan.partitions()
                                && found.containsKey(plan.name()))
                        .toList(),
                plans.stream()
                        .flatMap(plan -> partitions(found, plan.name()).stream()
                                .filter(partition -> !isThere(partition))
                                .map(partition -> plan.name() + "-" + partition.partition()))
                        .toList(),
                found.keySet().stream().collect(Collectors.toMap(Function.identity(), name -> present(found, name))));
    }

    private static List<TopicPartitionInfo> partitions(Map<String, TopicDescription> found, String name) {
        TopicDescription topic = found.get(name);
        return topic == null ? List.of() : topic.partitions();
    }

    private static List<Integer> present(Map<String, TopicDescription> found, String name) {
        return partitions(found, name).stream()
                .filter(FoundTopics::isThere)
                .map(TopicPartitionInfo::partition)
                .toList();
    }

    /** Kafka has a broker with a negative number for no broker at all. */
    private static boolean isThere(TopicPartitionInfo partition) {
        Node leader = partition.leader();
        return leader != null && !leader.isEmpty();
    }

    /** What is away, in words; empty when nothing is. */
    List<String> outages() {
        List<String> outages = new ArrayList<>();
        missing.forEach(plan -> outages.add("the topic " + plan.name() + " is missing"));
        leaderless.forEach(partition -> outages.add("the partition " + partition + " has no leader"));
        return outages;
    }
}
