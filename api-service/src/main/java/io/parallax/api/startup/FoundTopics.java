package io.parallax.api.startup;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.Uuid;

/**
 * What is there of the topics that are to be.
 *
 * @param plans topics of which Kafka has told whether they are there
 * @param there what it has told of those that are
 */
record FoundTopics(List<TopicPlan> plans, Map<String, TopicDescription> there) {
    /** Topics that are not there at all. */
    List<TopicPlan> missing() {
        return plans(plan -> !there.containsKey(plan.name()));
    }

    /** Topics with fewer partitions than they are to have. */
    List<TopicPlan> narrow() {
        return plans(plan ->
                there.containsKey(plan.name()) && partitions(plan.name()).size() < plan.partitions());
    }

    /** Topics that are there, whatever they are like. */
    List<TopicPlan> existing() {
        return plans(plan -> there.containsKey(plan.name()));
    }

    private List<TopicPlan> plans(Predicate<TopicPlan> which) {
        return plans.stream().filter(which).toList();
    }

    boolean isComplete() {
        return missing().isEmpty() && narrow().isEmpty();
    }

    /** Whether there is something missing that this service needs. */
    boolean lacksTopics() {
        return missing().stream().anyMatch(TopicPlan::isNeeded);
    }

    /** The partitions of each topic that can be written to. */
    Map<String, List<Integer>> present() {
        Map<String, List<Integer>> present = new HashMap<>();
        there.keySet().forEach(name -> present.put(name, present(name)));
        return present;
    }

    private List<Integer> present(String name) {
        return partitions(name).stream()
                .filter(FoundTopics::isThere)
                .map(TopicPartitionInfo::partition)
                .toList();
    }

    /** Which topics these are: one that is made anew is another one. */
    Map<String, Uuid> ids() {
        return there.entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey, topic -> topic.getValue()
                .topicId()));
    }

    /** How many brokers have each partition of a topic; of those with the fewest. */
    int replication(TopicPlan plan) {
        return partitions(plan.name()).stream()
                .mapToInt(partition -> partition.replicas().size())
                .min()
                .orElse(0);
    }

    int partitions(TopicPlan plan) {
        return partitions(plan.name()).size();
    }

    private List<TopicPartitionInfo> partitions(String name) {
        TopicDescription topic = there.get(name);
        return topic == null ? List.of() : topic.partitions();
    }

    /** Kafka has a broker with a negative number for no broker at all. */
    private static boolean isThere(TopicPartitionInfo partition) {
        Node leader = partition.leader();
        return leader != null && !leader.isEmpty();
    }

    /** What is away that this service needs, in words; empty when nothing is. */
    List<String> outages() {
        List<String> outages = new ArrayList<>();
        for (TopicPlan plan : plans(TopicPlan::isNeeded)) {
            if (!there.containsKey(plan.name())) {
                outages.add("the topic " + plan.name() + " is missing");
            }
            partitions(plan.name()).stream()
                    .filter(partition -> !isThere(partition))
                    .forEach(partition -> outages.add(
                            "the partition " + plan.name() + "-" + partition.partition() + " has no leader"));
        }
        return outages;
    }
}
