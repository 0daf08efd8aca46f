package io.parallax.api.reports;

import io.parallax.api.datasources.SourceQuestions;
import io.parallax.api.datasources.SourceTests;
import io.parallax.api.ledger.Backlog;
import io.parallax.api.ledger.Leases;
import io.parallax.api.ledger.Ledger;
import io.parallax.api.ledger.Tidying;
import io.parallax.api.messaging.Channels;
import io.parallax.api.problems.StoreOutage;
import io.parallax.contract.Codec;
import io.parallax.contract.ErrorType;
import io.parallax.contract.Failure;
import io.parallax.contract.UnreadableMessageException;
import io.parallax.contract.message.Report;
import io.parallax.contract.message.TaskAddress;
import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.kafka.api.IncomingKafkaRecordMetadata;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.jboss.logging.Logger;
import org.jboss.logging.MDC;
import org.jspecify.annotations.Nullable;

/**
 * Takes the workers' reports into the ledger, one after the other. A report is acknowledged once the store has it; while
 * the store is away it waits. A report that cannot be taken goes to the dead letters and fails its diff.
 */
@ApplicationScoped
public class ReportConsumer {
    private static final Logger LOG = Logger.getLogger(ReportConsumer.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
    private static final int TRIES_WITH_STORE = 3;

    private final Ledger ledger;
    private final Backlog backlog;
    private final Leases leases;
    private final SourceTests tests;
    private final SourceQuestions questions;
    private final Tidying tidying;
    private final DeadLetters deadLetters;

    ReportConsumer(
            Ledger ledger,
            Backlog backlog,
            Leases leases,
            SourceTests tests,
            SourceQuestions questions,
            Tidying tidying,
            DeadLetters deadLetters) {
        this.ledger = ledger;
        this.backlog = backlog;
        this.leases = leases;
        this.tests = tests;
        this.questions = questions;
        this.tidying = tidying;
        this.deadLetters = deadLetters;
    }

    @Incoming(Channels.RESULTS)
    public Uni<Void> consume(Message<byte[]> message) {
        return patiently(() -> take(message))
                .onFailure()
                .recoverWithUni(failure -> patiently(() -> putAside(message, failure)))
                .eventually(ReportConsumer::forget)
                .chain(() -> Uni.createFrom().completionStage(message.ack()));
    }

    private Uni<Void> take(Message<byte[]> message) {
        try {
            Report report = Codec.decode(message.getPayload(), Report.class);
            name(report);
            return record(report);
        } catch (UnreadableMessageException e) {
            return Uni.createFrom().failure(e);
        }
    }

    /** So that every line of the log that comes of it names the diff and the task. */
    private static void name(Report report) {
        TaskAddress address = task(report);
        if (address != null) {
            MDC.put("diff", address.diff());
            MDC.put("task", address.stage() + "/" + address.task());
        }
    }

    private static @Nullable TaskAddress task(Report report) {
        if (report instanceof Report.PlanMade made) {
            return made.address();
        }
        if (report instanceof Report.StageMade made) {
            return made.address();
        }
        if (report instanceof Report.TaskDone done) {
            return done.address();
        }
        return report instanceof Report.TaskFailed failed ? failed.address() : null;
    }

    private static void forget() {
        MDC.remove("diff");
        MDC.remove("task");
    }

    private Uni<Void> record(Report report) {
        if (report instanceof Report.PlanMade planMade) {
            return ledger.planMade(planMade).chain(backlog::admit);
        }
        if (report instanceof Report.StageMade stageMade) {
            return ledger.stageMade(stageMade);
        }
        if (report instanceof Report.TaskDone taskDone) {
            return ledger.taskDone(taskDone);
        }
        if (report instanceof Report.TaskFailed taskFailed) {
            return ledger.taskFailed(taskFailed);
        }
        if (report instanceof Report.Alive alive) {
            return leases.alive(alive);
        }
        if (report instanceof Report.TablesDropped dropped) {
            return tidying.dropped(dropped);
        }
        return report instanceof Report.SourceTested tested
                ? tests.answered(tested)
                : questions.answered((Report.SourceAnswered) report);
    }

    /** Waits for the store and for Kafka as long as it takes; other failures may be a conflict, or for good. */
    private static Uni<Void> patiently(Supplier<Uni<? extends Void>> work) {
        return Uni.createFrom()
                .deferred(work)
                .onFailure(conflict())
                .retry()
                .withBackOff(FIRST_PAUSE)
                .atMost(TRIES_WITH_STORE)
                .onFailure(StoreOutage::caused)
                .invoke(failure -> LOG.warnf("A report waits for the store: %s", failure.getMessage()))
                .onFailure(StoreOutage::caused)
                .retry()
                .withBackOff(FIRST_PAUSE, LONGEST_PAUSE)
                .indefinitely();
    }

    private static Predicate<Throwable> conflict() {
        return failure -> !StoreOutage.caused(failure) && !(failure instanceof UnreadableMessageException);
    }

    private Uni<Void> putAside(Message<byte[]> message, Throwable failure) {
        Optional<Long> diff = DiffOfRecord.of(message.getPayload());
        LOG.errorf(
                failure instanceof UnreadableMessageException ? null : failure,
                "A report%s goes to the dead letters: %s",
                diff.map(id -> " on diff " + id).orElse(""),
                failure.getMessage());
        return deadLetters
                .add(key(message), message.getPayload(), String.valueOf(failure.getMessage()))
                .chain(() -> diff.map(id -> ledger.fail(
                                id,
                                new Failure(
                                        ErrorType.INTERNAL,
                                        "A worker's report on this diff could not be used;"
                                                + " it is kept among the dead letters.")))
                        .orElseGet(() -> Uni.createFrom().voidItem()));
    }

    private static byte @Nullable [] key(Message<byte[]> message) {
        return message.getMetadata(IncomingKafkaRecordMetadata.class)
                .map(IncomingKafkaRecordMetadata::getKey)
                .filter(byte[].class::isInstance)
                .map(byte[].class::cast)
                .orElse(null);
    }
}
