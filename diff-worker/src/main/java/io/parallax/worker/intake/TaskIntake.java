package io.parallax.worker.intake;

import io.parallax.contract.message.CompareTask;
import io.parallax.contract.message.Report.Running;
import io.parallax.worker.report.Reports;
import io.parallax.worker.source.SourceVault;
import io.parallax.worker.work.BoundedExecutor;
import io.parallax.worker.work.RunningWork;
import io.parallax.worker.work.TaskExecutor;
import io.parallax.worker.work.Traces;
import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.kafka.api.IncomingKafkaRecordMetadata;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.function.Predicate;
import org.apache.kafka.common.TopicPartition;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.jspecify.annotations.Nullable;

/** Reads {@link io.parallax.contract.Topics#TASKS}. */
@ApplicationScoped
public class TaskIntake {
    private final BoundedExecutor slots;
    private final WorkAcceptor acceptor;
    private final TaskExecutor executor;
    private final DeadLetters deadLetters;
    private final SourceVault vault;

    TaskIntake(
            TaskSlots places,
            RunningWork running,
            Reports reports,
            Traces traces,
            TaskExecutor executor,
            DeadLetters deadLetters,
            SourceVault vault) {
        this.slots = places.slots();
        this.acceptor = new WorkAcceptor(slots, running, reports, traces);
        this.executor = executor;
        this.deadLetters = deadLetters;
        this.vault = vault;
    }

    @Incoming("worker-tasks-in")
    Uni<Void> accept(Message<byte[]> message) {
        return acceptor.read(message, CompareTask.class, task -> accept(message, task), deadLetters);
    }

    private Uni<Void> accept(Message<byte[]> message, CompareTask task) {
        return acceptor.acceptOrHandBack(
                message,
                "compare",
                new Running(task.address(), task.attempt()),
                vault.lacking(task.sourceA(), task.sourceB(), task.destination()),
                WorkAcceptor.ids(task.sourceA(), task.sourceB(), task.destination()),
                cancellation -> executor.compare(task, partition(message), cancellation));
    }

    private static @Nullable Integer partition(Message<?> message) {
        return message.getMetadata(IncomingKafkaRecordMetadata.class)
                .map(IncomingKafkaRecordMetadata::getPartition)
                .orElse(null);
    }

    /** Whether nothing is under way that came from here. */
    boolean idle() {
        return slots.idle();
    }

    /** Has nothing begin that waits here and comes from these partitions. */
    void forget(Predicate<TopicPartition> partitions) {
        acceptor.forget(partitions);
    }

    /** How many tasks it takes at a time. */
    int count() {
        return slots.count();
    }
}
