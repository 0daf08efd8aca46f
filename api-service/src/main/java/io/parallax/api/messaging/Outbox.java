package io.parallax.api.messaging;

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
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.OnOverflow;
import org.jspecify.annotations.Nullable;

/** Sends to workers. What is returned succeeds once Kafka has the message, and fails soon when it does not take it. */
@ApplicationScoped
public class Outbox {
    private static final int MOST_WAITING = 10_000;
    /** Odd, and about 64 times the golden ratio: turns in a row are far apart, whichever way workers share partitions. */
    private static final int STRIDE = 39;

    private static final int ROOM_FOR_HEADERS = 1024;
    private static final Duration PATIENCE = Duration.ofSeconds(25);

    private final MutinyEmitter<byte[]> jobs;
    private final MutinyEmitter<byte[]> tasks;
    private final MutinyEmitter<byte[]> control;
    private final AtomicInteger turn = new AtomicInteger();

    Outbox(
            @Channel(Channels.JOBS) @OnOverflow(value = OnOverflow.Strategy.BUFFER, bufferSize = MOST_WAITING)
                    MutinyEmitter<byte[]> jobs,
            @Channel(Channels.TASKS) @OnOverflow(value = OnOverflow.Strategy.BUFFER, bufferSize = MOST_WAITING)
                    MutinyEmitter<byte[]> tasks,
            @Channel(Channels.CONTROL) @OnOverflow(value = OnOverflow.Strategy.BUFFER, bufferSize = MOST_WAITING)
                    MutinyEmitter<byte[]> control) {
        this.jobs = jobs;
        this.tasks = tasks;
        this.control = control;
    }

    /** Sends a job about the diff, or the test, of this id. */
    public Uni<Void> job(long id, Job job) {
        return job(id, job, null);
    }

    /** @param trace as {@link Trace} has them; null for that of what is done now */
    public Uni<Void> job(long id, Job job, @Nullable String trace) {
        return send(jobs, job, keyed(id), trace);
    }

    /**
     * Sends a task.
     *
     * @param wanted the partition, if Kafka has it; null for the next one in turn
     * @param trace as {@link Trace} has them; null for that of what is done now
     */
    public Uni<Void> task(CompareTask task, @Nullable Integer wanted, @Nullable String trace) {
        boolean exists = wanted != null && wanted >= 0 && wanted < Topics.TASK_PARTITIONS;
        int partition = exists ? wanted : Math.floorMod(turn.getAndIncrement() * STRIDE, Topics.TASK_PARTITIONS);
        return send(
                tasks,
                task,
                OutgoingKafkaRecordMetadata.<String>builder()
                        .withPartition(partition)
                        .build(),
                trace);
    }

    /** Tells every worker about the diff of this id. */
    public Uni<Void> control(long diff, Control message) {
        return send(control, message, keyed(diff), null);
    }

    private static OutgoingKafkaRecordMetadata<String> keyed(long id) {
        return OutgoingKafkaRecordMetadata.<String>builder()
                .withKey(Long.toString(id))
                .build();
    }

    private static Uni<Void> send(
            MutinyEmitter<byte[]> channel,
            Object message,
            OutgoingKafkaRecordMetadata<String> metadata,
            @Nullable String trace) {
        return Uni.createFrom()
                .deferred(() -> channel.sendMessage(Message.of(bounded(message))
                        .addMetadata(metadata)
                        .addMetadata(TracingMetadata.withCurrent(Trace.within(trace)))))
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
