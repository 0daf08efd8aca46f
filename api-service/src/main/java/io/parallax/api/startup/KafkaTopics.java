package io.parallax.api.startup;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.InvalidPartitionsException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jboss.logging.Logger;

/**
 * Makes the topics as they are to be, also where a client's first request has made a lesser one, or somebody has removed one. What
 * Kafka refuses stays as it is, and is remarked.
 */
final class KafkaTopics {
    private static final Logger LOG = Logger.getLogger(KafkaTopics.class);
    private static final int LOOKS = 40;
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private final KafkaAdmin admin;
    private final List<TopicPlan> plans;
    private final Optional<Short> replication;
    private final Consumer<String> remarks;

    KafkaTopics(KafkaAdmin admin, List<TopicPlan> plans, Optional<Short> replication, Consumer<String> remarks) {
        this.admin = admin;
        this.plans = plans;
        this.replication = replication;
        this.remarks = remarks;
    }

    /** What there is. */
    FoundTopics found() throws InterruptedException, ExecutionException, TimeoutException {
        Map<String, TopicDescription> there = new HashMap<>();
        List<TopicPlan> known = new ArrayList<>();
        Map<String, KafkaFuture<TopicDescription>> asked =
                admin.describe(plans.stream().map(TopicPlan::name).toList());
        for (TopicPlan plan : plans) {
            KafkaAnswer<TopicDescription> answer = KafkaAnswer.of(asked, plan.name());
            TopicDescription topic = answer.value();
            if (topic != null) {
                there.put(plan.name(), topic);
            }
            if (topic != null || answer.refusal() instanceof UnknownTopicOrPartitionException) {
                known.add(plan);
            } else {
                remarks.accept(
                        "It is not known whether there is a topic %s: %s".formatted(plan.name(), answer.reason()));
            }
        }
        return new FoundTopics(known, there);
    }

    /** Makes what is missing; what there is then. */
    FoundTopics completed(FoundTopics found) throws InterruptedException, ExecutionException, TimeoutException {
        boolean hasCreated = create(found.missing());
        boolean hasWidened = widen(found, found.narrow());
        if (!hasCreated && !hasWidened) {
            return found;
        }
        // Brokers hear of it a moment later.
        FoundTopics made = found();
        for (int look = 1; look < LOOKS && !made.outages().isEmpty(); look++) {
            LockSupport.parkNanos(PAUSE_NANOS);
            made = found();
        }
        return made;
    }

    /** Whether there is more than there was. */
    private boolean create(List<TopicPlan> missing) throws InterruptedException, ExecutionException, TimeoutException {
        if (missing.isEmpty()) {
            return false;
        }
        Map<String, KafkaFuture<Void>> asked =
                admin.create(missing.stream().map(this::newTopic).toList());
        boolean hasCreated = false;
        for (TopicPlan plan : missing) {
            KafkaAnswer<Void> answer = KafkaAnswer.of(asked, plan.name());
            // A replica of this service may have been quicker.
            if (!answer.isRefusal() || answer.refusal() instanceof TopicExistsException) {
                hasCreated = true;
            } else {
                remarks.accept("The topic %s cannot be made: %s".formatted(plan.name(), answer.reason()));
            }
        }
        return hasCreated;
    }

    private NewTopic newTopic(TopicPlan plan) {
        return new NewTopic(plan.name(), Optional.of(plan.partitions()), replication).configs(plan.settings());
    }

    /** Whether there is more than there was. */
    private boolean widen(FoundTopics found, List<TopicPlan> narrow)
            throws InterruptedException, ExecutionException, TimeoutException {
        if (narrow.isEmpty()) {
            return false;
        }
        Map<String, NewPartitions> partitions = new HashMap<>();
        narrow.forEach(plan -> partitions.put(plan.name(), NewPartitions.increaseTo(plan.partitions())));
        Map<String, KafkaFuture<Void>> asked = admin.widen(partitions);
        boolean hasWidened = false;
        for (TopicPlan plan : narrow) {
            KafkaAnswer<Void> answer = KafkaAnswer.of(asked, plan.name());
            // As above: it has as many already.
            if (!answer.isRefusal() || answer.refusal() instanceof InvalidPartitionsException) {
                hasWidened = true;
                LOG.infof("The topic %s has %d partitions now.", plan.name(), plan.partitions());
            } else {
                remarks.accept("%s, and gets no more: %s".formatted(narrow(found, plan), answer.reason()));
            }
        }
        return hasWidened;
    }

    /** Remarks what has fewer partitions than it is to have, where that is somebody else's to mend. */
    void remarkNarrow(FoundTopics found) {
        found.narrow().forEach(plan -> remarks.accept(narrow(found, plan) + "."));
    }

    private static String narrow(FoundTopics found, TopicPlan plan) {
        return "The topic %s has %d partitions where it is to have %d"
                .formatted(plan.name(), found.partitions(plan), plan.partitions());
    }
}
