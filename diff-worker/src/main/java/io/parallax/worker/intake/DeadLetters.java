package io.parallax.worker.intake;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.parallax.contract.ErrorType;
import io.parallax.contract.Failure;
import io.parallax.contract.UnreadableMessageException;
import io.parallax.contract.message.Report;
import io.parallax.worker.config.WorkerName;
import io.parallax.worker.report.Reports;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.MutinyEmitter;
import io.smallrye.reactive.messaging.kafka.api.IncomingKafkaRecordMetadata;
import io.smallrye.reactive.messaging.kafka.api.OutgoingKafkaRecordMetadata;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.jboss.logging.Logger;

/** Sets unreadable records aside, as they came, so that they block nobody. */
@ApplicationScoped
public class DeadLetters {
    private static final Logger LOG = Logger.getLogger(DeadLetters.class);

    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final int BEGINNING = 1 << 16;

    private final MutinyEmitter<byte[]> deadLetters;

    private final Reports reports;
    private final Counter letters;
    private final String worker;
    private final Executor deliveries = Executors.newSingleThreadExecutor(delivery -> {
        Thread thread = new Thread(delivery, "parallax-unreadable");
        thread.setDaemon(true);
        return thread;
    });

    DeadLetters(
            @Channel("worker-dead-letter-out") MutinyEmitter<byte[]> deadLetters,
            Reports reports,
            WorkerName worker,
            MeterRegistry meters) {
        this.deadLetters = deadLetters;
        this.reports = reports;
        this.worker = worker.value();
        this.letters = Counter.builder("parallax.dead.letters")
                .description("Records that nobody could read and that went to the dead letters")
                .register(meters);
    }

    /** So that the counter is there before the first one. */
    void beginWithZero(@Observes StartupEvent event) {}

    /** Acknowledges the record once the dead-letter topic has it; of one that the topic does not take, it has the beginning. */
    Uni<Void> bury(Message<byte[]> message, UnreadableMessageException why) {
        String reason = String.valueOf(why.getMessage());
        letters.increment();
        LOG.warnf("an unreadable record goes to the dead letters: %s", reason);
        byte[] record = WorkAcceptor.bytes(message);
        return persistently(() -> send(message, record, reason))
                .onFailure(Reports::isTooLarge)
                .recoverWithUni(() -> persistently(() ->
                        send(message, Arrays.copyOf(record, Math.min(record.length, BEGINNING)), "(cut) " + reason)))
                .invoke(() -> TaskReference.of(record).ifPresent(this::fail))
                .chain(() -> WorkAcceptor.acknowledge(message));
    }

    private static Uni<Void> persistently(Supplier<Uni<? extends Void>> sending) {
        return Uni.createFrom()
                .<Void>deferred(sending)
                .ifNoItem()
                .after(PATIENCE)
                .fail()
                .onFailure(failure -> !Reports.isTooLarge(failure))
                .retry()
                .withBackOff(FIRST_PAUSE, LONGEST_PAUSE)
                .indefinitely();
    }

    private Uni<Void> send(Message<byte[]> message, byte[] record, String reason) {
        return deadLetters.sendMessage(Message.of(record)
                .addMetadata(OutgoingKafkaRecordMetadata.<String>builder()
                        .withHeaders(new RecordHeaders()
                                .add("reason", reason.getBytes(StandardCharsets.UTF_8))
                                .add("topic", topic(message).getBytes(StandardCharsets.UTF_8)))
                        .build()));
    }

    /** Leaves what a later version can read to a worker that is of one; what cannot be told of goes to the dead letters all the same. */
    Uni<Void> handBack(Message<byte[]> message, UnreadableMessageException why) {
        Optional<Report> report = HandedBack.report(WorkAcceptor.bytes(message), worker);
        if (report.isEmpty()) {
            return bury(message, why);
        }
        LOG.infof("work goes back: %s", why.getMessage());
        return reports.handedBack(report.get()).chain(() -> WorkAcceptor.acknowledge(message));
    }

    /** So that the diff fails instead of waiting. */
    private void fail(TaskReference task) {
        deliveries.execute(() -> reports.deliver(new Report.TaskFailed(
                task.address(),
                task.attempt(),
                worker,
                new Failure(
                        ErrorType.INTERNAL,
                        "A worker cannot read a message of this diff; it is kept among the dead letters. Are API"
                                + " service and workers of versions that go together?"))));
    }

    private static String topic(Message<byte[]> message) {
        return message.getMetadata(IncomingKafkaRecordMetadata.class)
                .map(IncomingKafkaRecordMetadata::getTopic)
                .orElse("?");
    }
}
