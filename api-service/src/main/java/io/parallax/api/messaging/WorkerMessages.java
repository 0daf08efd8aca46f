package io.parallax.api.messaging;

import io.parallax.api.health.KafkaState;
import io.parallax.contract.Codec;
import io.parallax.contract.Topics;
import io.parallax.contract.message.CompareTask;
import io.parallax.contract.message.Control;
import io.parallax.contract.message.Job;
import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.MutinyEmitter;
import io.smallrye.reactive.messaging.TracingMetadata;
import io.smallrye.reactive.messaging.kafka.api.OutgoingKafkaRecordMetadata;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.OnOverflow;
import org.jspecify.annotations.Nullable;

/** Sends to workers. What is returned succeeds once Kafka has the message, and fails soon when it does not take it. */
@ApplicationScoped
public class WorkerMessages {
    private static final int MOST_WAITING = 10_000;
    private static final int ROOM_FOR_HEADERS = 1024;
    private static final Duration PATIENCE = Duration.ofSeconds(25);

    private final MutinyEmitter<byte[]> jobs;
    private final MutinyEmitter<byte[]> tasks;
    private final MutinyEmitter<byte[]> control;
    private final WorkPartitions partitions;
    private final KafkaState kafka;

    WorkerMessages(
            @Channel(Channels.JOBS) @OnOverflow(value = OnOverflow.Strategy.BUFFER, bufferSize = MOST_WAITING)
                    MutinyEmitter<byte[]> jobs,
            @Channel(Channels.TASKS) @OnOverflow(value = OnOverflow.Strategy.BUFFER, bufferSize = MOST_WAITING)
                    MutinyEmitter<byte[]> tasks,
            @Channel(Channels.CONTROL) @OnOverflow(value = OnOverflow.Strategy.BUFFER, bufferSize = MOST_WAITING)
                    MutinyEmitter<byte[]> control,
            WorkPartitions partitions,
            KafkaState kafka) {
        this.jobs = jobs;
        this.tasks = tasks;
        this.control = control;
        this.partitions = partitions;
        this.kafka = kafka;
    }

    /** Sends a job. */
    public Uni<Void> job(Job job) {
        return job(job, null);
    }

    /** @param trace as {@link Trace} has them; null for that of what is done now */
    public Uni<Void> job(Job job, @Nullable String trace) {
        return send(jobs, job, on(partitions.jobs().next()), trace);
    }

    /**
     * Sends a task.
     *
     * @param wanted the partition, if it is there; null for the next one in turn
     * @param trace as {@link Trace} has them; null for that of what is done now
     */
    public Uni<Void> task(CompareTask task, @Nullable Integer wanted, @Nullable String trace) {
        int partition = wanted != null && partitions.tasks().has(wanted)
                ? wanted
                : partitions.tasks().next();
        return send(tasks, task, on(partition), trace);
    }

    /** Tells every worker something that is about no diff. */
    public Uni<Void> control(Control message) {
        return send(control, message, keyed(0), null);
    }

    /** Tells every worker about the diff of this id. */
    public Uni<Void> control(long diff, Control message) {
        return send(control, message, keyed(diff), null);
    }

    private static OutgoingKafkaRecordMetadata<String> on(int partition) {
        return OutgoingKafkaRecordMetadata.<String>builder()
                .withPartition(partition)
                .build();
    }

    private static OutgoingKafkaRecordMetadata<String> keyed(long id) {
        return OutgoingKafkaRecordMetadata.<String>builder()
                .withKey(Long.toString(id))
                .build();
    }

    private Uni<Void> send(
            MutinyEmitter<byte[]> channel,
            Object message,
            OutgoingKafkaRecordMetadata<String> metadata,
            @Nullable String trace) {
        return Uni.createFrom()
                .deferred(() -> {
                    kafka.requireTopics();
                    return channel.sendMessage(Message.of(bounded(message))
                            .addMetadata(metadata)
                            .addMetadata(TracingMetadata.withCurrent(Trace.within(trace))));
                })
                .ifNoItem()
                .after(PATIENCE)
                .fail();
    }

    private static byte[] bounded(Object message) {
        byte[] bytes = Codec.encode(message);
        if (bytes.length > Topics.MAX_RECORD_BYTES - ROOM_FOR_HEADERS) {
            throw new MessageTooLargeException(bytes.length);
        }
        return bytes;
    }
}
