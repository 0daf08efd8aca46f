package io.parallax.api.startup;

import io.parallax.api.health.KafkaState;
import io.parallax.api.messaging.WorkPartitions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.Uuid;

/**
 * Looks after the topics. Whether work can go on depends on what is there; what may not be mended by this service, or cannot be, is said
 * and keeps nobody from work.
 */
final class TopicCare {
    private final KafkaState state;
    private final WorkPartitions partitions;
    private final List<TopicPlan> plans;
    private final Optional<Short> replication;
    private final boolean makesTopics;
    private final Remarks remarks;

    /** Of the topics whose settings were all right when they were last looked at. */
    private Map<String, Uuid> settled = Map.of();

    /** @param makesTopics whether it is to make and to change them, or only to look */
    TopicCare(
            KafkaState state,
            WorkPartitions partitions,
            List<TopicPlan> plans,
            Optional<Short> replication,
            boolean makesTopics,
            Remarks remarks) {
        this.state = state;
        this.partitions = partitions;
        this.plans = plans;
        this.replication = replication;
        this.makesTopics = makesTopics;
        this.remarks = remarks;
    }

    /** What is away. */
    List<String> look(KafkaAdmin admin) throws InterruptedException, ExecutionException, TimeoutException {
        List<String> unlike = new ArrayList<>();
        KafkaTopics topics = new KafkaTopics(admin, plans, replication, unlike::add);
        FoundTopics first = topics.found();
        know(first);
        FoundTopics found = first;
        if (!makesTopics) {
            topics.remarkNarrow(found);
        } else if (!first.isComplete()) {
            found = topics.completed(first);
            know(found);
        }
        remarks.say("topics", unlike);
        // Whenever Kafka has been away, it may be another one that is back.
        if (!makesTopics
                || !state.reachable()
                || !first.isComplete()
                || !found.ids().equals(settled)) {
            keep(admin, found);
        }
        return found.outages();
    }

    private void know(FoundTopics found) {
        partitions.are(found.present());
        state.setLacksTopics(found.lacksTopics());
    }

    private void keep(KafkaAdmin admin, FoundTopics found)
            throws InterruptedException, ExecutionException, TimeoutException {
        List<String> unlike = new ArrayList<>();
        TopicKeeping keeping = new TopicKeeping(admin, replication, unlike::add);
        if (makesTopics) {
            keeping.settle(found);
        } else {
            keeping.compare(found);
        }
        settled = unlike.isEmpty() ? found.ids() : Map.of();
        remarks.say("settings", unlike);
    }
}
