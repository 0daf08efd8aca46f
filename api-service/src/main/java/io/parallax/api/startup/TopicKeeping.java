package io.parallax.api.startup;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Has topics that are there keep what they are to keep; what Kafka refuses, or is somebody else's to mend, is remarked. */
final class TopicKeeping {
    private static final Logger LOG = Logger.getLogger(TopicKeeping.class);

    private final KafkaAdmin admin;
    private final Optional<Short> replication;
    private final Consumer<String> remarks;

    /**
     * A setting that is not as it is to be.
     *
     * @param is null where Kafka tells of none
     */
    private record Difference(TopicPlan plan, String name, @Nullable String is, String wanted) {
        String words() {
            return "The topic %s has %s=%s where it is to have %s".formatted(plan.name(), name, is, wanted);
        }

        AlterConfigOp change() {
            return new AlterConfigOp(new ConfigEntry(name, wanted), AlterConfigOp.OpType.SET);
        }
    }

    TopicKeeping(KafkaAdmin admin, Optional<Short> replication, Consumer<String> remarks) {
        this.admin = admin;
        this.replication = replication;
        this.remarks = remarks;
    }

    /** Changes settings that are not as they are to be. */
    void settle(FoundTopics found) throws InterruptedException, ExecutionException, TimeoutException {
        List<Difference> differences = differences(found);
        // One after the other, as one that is refused would have others of its topic refused.
        for (String name : differences.stream().map(Difference::name).distinct().toList()) {
            change(differences.stream()
                    .filter(difference -> difference.name().equals(name))
                    .toList());
        }
        remarkReplication(found);
    }

    /** Remarks what is not as it is to be. */
    void compare(FoundTopics found) throws InterruptedException, ExecutionException, TimeoutException {
        differences(found).forEach(difference -> remarks.accept(difference.words() + "."));
        remarkReplication(found);
    }

    private void change(List<Difference> differences)
            throws InterruptedException, ExecutionException, TimeoutException {
        Map<ConfigResource, Collection<AlterConfigOp>> changes = new HashMap<>();
        differences.forEach(difference -> changes.put(resource(difference.plan()), List.of(difference.change())));
        Map<ConfigResource, KafkaFuture<Void>> asked = admin.change(changes);
        for (Difference difference : differences) {
            KafkaAnswer<Void> answer = KafkaAnswer.of(asked, resource(difference.plan()));
            if (answer.isRefusal()) {
                remarks.accept(difference.words() + ", and keeps it: " + answer.reason());
            } else {
                LOG.infof(
                        "The topic %s has %s=%s now.",
                        difference.plan().name(), difference.name(), difference.wanted());
            }
        }
    }

    private List<Difference> differences(FoundTopics found)
            throws InterruptedException, ExecutionException, TimeoutException {
        List<TopicPlan> plans = found.existing();
        Map<ConfigResource, KafkaFuture<Config>> asked =
                admin.settings(plans.stream().map(TopicKeeping::resource).toList());
        List<Difference> differences = new ArrayList<>();
        for (TopicPlan plan : plans) {
            KafkaAnswer<Config> answer = KafkaAnswer.of(asked, resource(plan));
            Config config = answer.value();
            if (config == null) {
                remarks.accept(
                        "It is not known what settings the topic %s has: %s".formatted(plan.name(), answer.reason()));
            } else {
                differences(plan, config).forEach(differences::add);
            }
        }
        return differences;
    }

    private static Stream<Difference> differences(TopicPlan plan, Config config) {
        return plan.settings().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .flatMap(setting -> {
                    ConfigEntry entry = config.get(setting.getKey());
                    String is = entry == null ? null : entry.value();
                    return setting.getValue().equals(is)
                            ? Stream.empty()
                            : Stream.of(new Difference(plan, setting.getKey(), is, setting.getValue()));
                });
    }

    /** That of topics that are there is never changed: brokers would copy all they have. */
    private void remarkReplication(FoundTopics found) {
        replication.ifPresent(wanted -> found.existing().stream()
                .filter(plan -> found.replication(plan) < wanted)
                .forEach(plan -> remarks.accept("The topic %s has a replication of %d where it is to have %d."
                        .formatted(plan.name(), found.replication(plan), wanted))));
    }

    private static ConfigResource resource(TopicPlan plan) {
        return new ConfigResource(ConfigResource.Type.TOPIC, plan.name());
    }
}
