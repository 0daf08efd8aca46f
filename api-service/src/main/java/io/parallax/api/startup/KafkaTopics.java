package io.parallax.api.startup;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Makes the topics as they are to be, also where a client's first request has made a lesser one, or somebody has removed one. */
final class KafkaTopics {
    private static final Logger LOG = Logger.getLogger(KafkaTopics.class);
    private static final long PATIENCE_SECONDS = 5;
    private static final int LOOKS = 40;
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private final Admin admin;
    private final List<TopicPlan> plans;
    private final Optional<Short> replication;

    KafkaTopics(Admin admin, List<TopicPlan> plans, Optional<Short> replication) {
        this.admin = admin;
        this.plans = plans;
        this.replication = replication;
    }

    /** Makes what is missing; what there is then. */
    FoundTopics ensured() throws InterruptedException, ExecutionException, TimeoutException {
        FoundTopics found = found();
        if (found.missing().isEmpty() && found.narrow().isEmpty()) {
            return found;
        }
        create(found.missing());
        widen(found.narrow());
        // Brokers hear of it a moment later.
        FoundTopics made = found();
        for (int look = 1; look < LOOKS && !made.outages().isEmpty(); look++) {
            LockSupport.parkNanos(PAUSE_NANOS);
            made = found();
        }
        return made;
    }

    /** What there is. */
    FoundTopics found() throws InterruptedException, ExecutionException, TimeoutException {
        Map<String, TopicDescription> found = new HashMap<>();
        for (Map.Entry<String, KafkaFuture<TopicDescription>> asked :
                admin.describeTopics(names()).topicNameValues().entrySet()) {
            try {
                found.put(asked.getKey(), asked.getValue().get(PATIENCE_SECONDS, TimeUnit.SECONDS));
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
                    throw e;
                }
            }
        }
        return FoundTopics.of(plans, found);
    }

    private List<String> names() {
        return plans.stream().map(TopicPlan::name).toList();
    }

    private void create(List<TopicPlan> missing) throws InterruptedException, ExecutionException, TimeoutException {
        List<NewTopic> topics = missing.stream()
                .map(plan ->
                        new NewTopic(plan.name(), Optional.of(plan.partitions()), replication).configs(plan.settings()))
                .toList();
        for (KafkaFuture<Void> made : admin.createTopics(topics).values().values()) {
            try {
                made.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            } catch (ExecutionException e) {
                // A replica of this service was quicker.
                if (!(e.getCause() instanceof TopicExistsException)) {
                    throw e;
                }
            }
        }
    }

    private void widen(List<TopicPlan> narrow) throws InterruptedException, ExecutionException, TimeoutException {
        Map<String, NewPartitions> partitions = new HashMap<>();
        narrow.forEach(plan -> partitions.put(plan.name(), NewPartitions.increaseTo(plan.partitions())));
        if (!partitions.isEmpty()) {
            admin.createPartitions(partitions).all().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            LOG.infof("Topics have more partitions now: %s", partitions.keySet());
        }
    }

    /** Has topics that were there before keep what they are to keep; where that is not allowed, whoever may must do it. */
    void settle() throws InterruptedException, ExecutionException, TimeoutException {
        try {
            Map<ConfigResource, Collection<AlterConfigOp>> changes = changes();
            if (!changes.isEmpty()) {
                admin.incrementalAlterConfigs(changes).all().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
                LOG.infof("Settings of topics are changed: %s", changes);
            }
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof AuthorizationException)) {
                throw e;
            }
            LOG.warnf("Settings of topics stay as they are: %s", e.getCause().getMessage());
        }
    }

    private Map<ConfigResource, Collection<AlterConfigOp>> changes()
            throws InterruptedException, ExecutionException, TimeoutException {
        Map<ConfigResource, Collection<AlterConfigOp>> changes = new HashMap<>();
        List<ConfigResource> asked = plans.stream().map(KafkaTopics::resource).toList();
        Map<ConfigResource, Config> found = admin.describeConfigs(asked).all().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        for (TopicPlan plan : plans) {
            List<AlterConfigOp> ofTopic = changes(plan, found.get(resource(plan)));
            if (!ofTopic.isEmpty()) {
                changes.put(resource(plan), ofTopic);
            }
        }
        return changes;
    }

    private static List<AlterConfigOp> changes(TopicPlan plan, @Nullable Config found) {
        List<AlterConfigOp> changes = new ArrayList<>();
        plan.settings().forEach((name, value) -> {
            ConfigEntry entry = found == null ? null : found.get(name);
            if (entry == null || !value.equals(entry.value())) {
                changes.add(new AlterConfigOp(new ConfigEntry(name, value), AlterConfigOp.OpType.SET));
            }
        });
        return changes;
    }

    private static ConfigResource resource(TopicPlan plan) {
        return new ConfigResource(ConfigResource.Type.TOPIC, plan.name());
    }
}
