package io.parallax.worker.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.parallax.contract.Codec;
import io.parallax.contract.message.Job;
import io.parallax.contract.message.Report.Running;
import io.parallax.contract.message.SealedSource;
import io.parallax.contract.message.TaskAddress;
import io.parallax.worker.config.WorkerName;
import io.parallax.worker.report.RecordingReports;
import io.parallax.worker.work.BoundedExecutor;
import io.parallax.worker.work.BrokenTraces;
import io.parallax.worker.work.RunningWork;
import io.smallrye.reactive.messaging.MutinyEmitter;
import io.smallrye.reactive.messaging.kafka.api.IncomingKafkaRecordMetadata;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WorkAcceptorTest {
    private static final Running WORK = new Running(new TaskAddress(1, 1, 1, 0), 1);
    private static final Message<byte[]> MESSAGE = Message.of("{}".getBytes(StandardCharsets.UTF_8));

    private final RunningWork running = new RunningWork();
    private final RecordingReports reports = new RecordingReports();
    private final BoundedExecutor executor = new BoundedExecutor("test", 1, 0);
    private final WorkAcceptor acceptor = new WorkAcceptor(executor, running, reports, BrokenTraces.make());

    private final List<Long> begun = new CopyOnWriteArrayList<>();
    private final List<Integer> acknowledged = new CopyOnWriteArrayList<>();
    private final DeadLetters deadLetters =
            new DeadLetters(noEmitter(), reports, new WorkerName("w"), new SimpleMeterRegistry());

    /** All can be read here. */
    @SuppressWarnings("unchecked")
    private static MutinyEmitter<byte[]> noEmitter() {
        return (MutinyEmitter<byte[]>) Proxy.newProxyInstance(
                WorkAcceptorTest.class.getClassLoader(),
                new Class<?>[] {MutinyEmitter.class},
                (proxy, method, arguments) -> {
                    throw new UnsupportedOperationException(method.getName());
                });
    }

    @AfterEach
    void close() {
        executor.close();
    }

    private boolean hasAFreeSlot() {
        return executor.take("a message", Set.of()).await().atMost(Duration.ofSeconds(10)) != null;
    }

    @Test
    void workThatCannotBeginIsNotUnderWay() {
        acceptor.accept(MESSAGE, "test", WORK, Set.of(), cancellation -> {})
                .subscribe()
                .with(done -> {}, failure -> {});
        await().until(() -> running.byDiff().isEmpty());
        assertThat(hasAFreeSlot()).isTrue();
    }

    @Test
    void workWhoseAcceptanceCannotBeToldIsNotUnderWay() {
        reports.breakBy(new NoClassDefFoundError("expected by this test"));
        acceptor.accept(MESSAGE, "test", WORK, Set.of(), cancellation -> {})
                .subscribe()
                .with(done -> {}, failure -> {});
        await().until(() -> running.byDiff().isEmpty());
        assertThat(hasAFreeSlot()).isTrue();
    }

    @Test
    void nothingIsUnderWayWhereThereAreNoSlotsAnyMore() {
        executor.close();
        acceptor.accept(MESSAGE, "test", WORK, Set.of(), cancellation -> {})
                .subscribe()
                .with(done -> {}, failure -> {});
        assertThat(running.byDiff()).isEmpty();
        assertThat(hasAFreeSlot()).isTrue();
    }

    /** With all places taken for as long as it likes, the first one would keep everybody else from being read. */
    @Test
    void whatIsBehindOneThatWaitsIsRead() {
        executor.take("a slow one", Set.of(1L)).await().atMost(Duration.ofSeconds(10));
        assertThat(List.of(read(message(3), 1L), read(message(4), 2L))).allMatch(CompletableFuture::isDone);
    }

    @Test
    void whatSomebodyElseHasByNowDoesNotBegin() {
        BoundedExecutor.Slot slot =
                executor.take("a slow one", Set.of(1L)).await().atMost(Duration.ofSeconds(10));
        read(message(3), 2L);
        read(message(4), 3L);
        acceptor.forget(new TopicPartition("tasks", 3)::equals);
        slot.giveBack();
        await().until(() -> begun.equals(List.of(3L)));
        assertThat(acknowledged).containsExactly(4);
    }

    @Test
    void nothingIsReadWhereNothingMoreIsBegun() {
        running.close();
        assertThat(read(message(3), 1L)).isNotDone();
        assertThat(hasAFreeSlot()).isTrue();
    }

    private CompletableFuture<Void> read(Message<byte[]> message, long source) {
        return acceptor.read(
                        message,
                        Job.class,
                        job -> acceptor.acceptAside(message, Set.of(source), () -> begun.add(source)),
                        deadLetters)
                .subscribeAsCompletionStage();
    }

    private Message<byte[]> message(int partition) {
        byte[] payload = Codec.encode(new Job.TestSource(7, new SealedSource(1, "sealed")));
        ConsumerRecord<byte[], byte[]> fromKafka = new ConsumerRecord<>("tasks", partition, 0, new byte[0], payload);
        return Message.of(payload, () -> {
                    acknowledged.add(partition);
                    return CompletableFuture.completedFuture(null);
                })
                .addMetadata(new IncomingKafkaRecordMetadata<>(fromKafka, "tasks"));
    }
}
