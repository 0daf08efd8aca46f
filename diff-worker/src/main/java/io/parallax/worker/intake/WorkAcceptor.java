package io.parallax.worker.intake;

import io.parallax.contract.Codec;
import io.parallax.contract.Failure;
import io.parallax.contract.UnreadableMessageException;
import io.parallax.contract.message.Report.Running;
import io.parallax.contract.message.SealedSource;
import io.parallax.engine.session.Cancellation;
import io.parallax.worker.report.Reports;
import io.parallax.worker.work.BoundedExecutor;
import io.parallax.worker.work.RunningWork;
import io.parallax.worker.work.Traces;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.smallrye.reactive.messaging.kafka.api.IncomingKafkaRecordMetadata;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.common.TopicPartition;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Accepts ledger work: first a slot, then the sign of life that starts the lease, then the acknowledgement. A worker
 * that dies before that leaves the message in Kafka; one that dies after leaves a lease that expires. What waits for a slot keeps
 * nobody out: messages behind it are read, and begin before it when their sources have less under way.
 */
final class WorkAcceptor {
    private static final Logger LOG = Logger.getLogger(WorkAcceptor.class);
    private static final int LARGE = 1 << 16;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

    /** Of the size that most have, a few MB with all that is read out of them. */
    private static final int MOST_WAITING = 512;

    private static final long MOST_BYTES_WAITING = 4 << 20;

    private final BoundedExecutor executor;
    private final RunningWork running;
    private final Reports reports;
    private final Traces traces;
    private final WaitingRoom waiting = new WaitingRoom(MOST_WAITING, MOST_BYTES_WAITING);

    WorkAcceptor(BoundedExecutor executor, RunningWork running, Reports reports, Traces traces) {
        this.executor = executor;
        this.running = running;
        this.reports = reports;
        this.traces = traces;
    }

    /**
     * Reads a message and takes it in, however long that takes; completes when there is room for the next one, and never fails, as
     * that would end the channel. One that another version can read goes back, one that nobody can read to the dead letters.
     */
    <T> Uni<Void> read(Message<byte[]> message, Class<T> type, Function<T, Uni<Void>> taking, DeadLetters deadLetters) {
        if (running.closing()) {
            return left();
        }
        Uni<Void> taken = Uni.createFrom().deferred(() -> take(message, type, taking, deadLetters));
        long size = bytes(message).length;
        return waiting.enter(
                size,
                // Reading a large one takes its time, and an event loop is everybody's.
                (size < LARGE ? taken : taken.runSubscriptionOn(Infrastructure.getDefaultWorkerPool()))
                        .onFailure(CancellationException.class)
                        .recoverWithNull()
                        .onFailure()
                        .invoke(failure -> LOG.errorf(failure, "a message will be looked at again"))
                        .onFailure()
                        .retry()
                        .withBackOff(FIRST_PAUSE, LONGEST_PAUSE)
                        .indefinitely());
    }

    private static <T> Uni<Void> take(
            Message<byte[]> message, Class<T> type, Function<T, Uni<Void>> taking, DeadLetters deadLetters) {
        T content;
        try {
            content = Codec.decode(bytes(message), type);
        } catch (UnreadableMessageException e) {
            return e.isNewer() ? deadLetters.handBack(message, e) : deadLetters.bury(message, e);
        }
        return taking.apply(content);
    }

    /** None of a message that has no value at all. */
    static byte[] bytes(Message<byte[]> message) {
        return Objects.requireNonNullElseGet(message.getPayload(), () -> new byte[0]);
    }

    /**
     * As {@link #accept}, unless this worker lacks something for it: then it is not begun at all, so that the ledger's queue does not take
     * it for work that goes on.
     */
    Uni<Void> acceptOrHandBack(
            Message<?> message,
            String name,
            Running work,
            Optional<Failure> lacking,
            Set<Long> sources,
            Consumer<Cancellation> performance) {
        return lacking.isEmpty()
                ? accept(message, name, work, sources, performance)
                : reports.handedBack(work, lacking.get()).chain(() -> acknowledge(message));
    }

    /**
     * Completes once the message is acknowledged; the work begins on its slot without waiting for that.
     *
     * @param name what traces call the work
     * @param sources ids of those that it is on
     */
    Uni<Void> accept(
            Message<?> message, String name, Running work, Set<Long> sources, Consumer<Cancellation> performance) {
        return executor.take(origin(message), sources).flatMap(slot -> {
            try {
                return accept(message, name, work, performance, slot);
            } catch (RuntimeException | Error e) {
                slot.giveBack();
                throw e;
            }
        });
    }

    /** Work that is in no ledger: it is acknowledged before it begins, and nobody has it done again. */
    Uni<Void> acceptAside(Message<?> message, Set<Long> sources, Runnable work) {
        return executor.take(origin(message), sources).flatMap(slot -> {
            if (running.closing()) {
                slot.giveBack();
                return left();
            }
            return acknowledge(message)
                    .onItemOrFailure()
                    .invoke((done, failure) -> slot.run(work))
                    .onCancellation()
                    .invoke(slot::giveBack);
        });
    }

    /** Has nothing begin that waits here and comes from these partitions, as somebody else has them. */
    void forget(Predicate<TopicPartition> partitions) {
        executor.forget(origin -> origin instanceof TopicPartition partition && partitions.test(partition));
    }

    private static Object origin(Message<?> message) {
        return message.getMetadata(IncomingKafkaRecordMetadata.class)
                .<Object>map(record -> new TopicPartition(record.getTopic(), record.getPartition()))
                .orElse(message);
    }

    /** Ids of sources; null for one that there is none of. */
    static Set<Long> ids(@Nullable SealedSource... sources) {
        return Stream.of(sources).filter(Objects::nonNull).map(SealedSource::id).collect(Collectors.toSet());
    }

    private Uni<Void> accept(
            Message<?> message,
            String name,
            Running work,
            Consumer<Cancellation> performance,
            BoundedExecutor.Slot slot) {
        if (running.closing()) {
            slot.giveBack();
            return left();
        }
        Optional<Cancellation> cancellation = running.begin(work);
        if (cancellation.isEmpty()) {
            slot.giveBack();
            return acknowledge(message);
        }
        try {
            // Sent at once, so that it is the first that is heard of this work.
            CompletionStage<Void> accepted =
                    reports.accepted(work).flatMap(sent -> acknowledge(message)).subscribeAsCompletionStage();
            Runnable traced = traces.within(message, name, work, () -> performance.accept(cancellation.get()));
            slot.run(() -> elseEnd(work, traced));
            return Uni.createFrom().completionStage(accepted);
        } catch (RuntimeException | Error e) {
            running.end(work);
            throw e;
        }
    }

    /** Work that has not even begun has nobody who ends it; another worker gets it once its lease expires. */
    private void elseEnd(Running work, Runnable performance) {
        try {
            performance.run();
        } catch (RuntimeException | Error e) {
            running.end(work);
            throw e;
        }
    }

    /** Never acknowledged, so that Kafka gives the message to somebody else when this consumer is gone. */
    static Uni<Void> left() {
        return Uni.createFrom().nothing();
    }

    /** A message that cannot be acknowledged comes again, and is known by then. */
    static Uni<Void> acknowledge(Message<?> message) {
        return Uni.createFrom()
                .completionStage(message::ack)
                .onFailure()
                .invoke(failure -> LOG.warnf("a message is not acknowledged: %s", failure))
                .onFailure()
                .recoverWithNull();
    }
}
