package io.parallax.worker.intake;

import io.smallrye.common.annotation.Identifier;
import io.smallrye.reactive.messaging.kafka.KafkaConsumerRebalanceListener;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;

/** Has messages forgotten that wait here, when Kafka gives their partitions to somebody else: that worker reads them again. */
@ApplicationScoped
public class Rebalancing {
    private final Membership membership;

    Rebalancing(Membership membership) {
        this.membership = membership;
    }

    @Produces
    @Singleton
    @Identifier("worker-jobs-in")
    KafkaConsumerRebalanceListener ofJobs(JobIntake jobs) {
        return new Forgetting(membership, jobs::forget);
    }

    @Produces
    @Singleton
    @Identifier("worker-tasks-in")
    KafkaConsumerRebalanceListener ofTasks(TaskIntake tasks) {
        return new Forgetting(membership, tasks::forget);
    }

    record Forgetting(Membership membership, java.util.function.Consumer<Predicate<TopicPartition>> intake)
            implements KafkaConsumerRebalanceListener {
        @Override
        public void onPartitionsAssigned(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
            // Where what was done could not be committed nobody was told that partitions were revoked. These are read
            // anew.
            Set<TopicPartition> mine = consumer.assignment();
            intake.accept(partition -> partitions.contains(partition) || !mine.contains(partition));
            membership.onPartitionsAssigned(consumer, partitions);
        }

        @Override
        public void onPartitionsRevoked(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
            intake.accept(partitions::contains);
            membership.onPartitionsRevoked(consumer, partitions);
        }
    }
}
