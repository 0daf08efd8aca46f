package io.parallax.api.reports;

import io.parallax.api.datasources.SourceQuestions;
import io.parallax.api.datasources.SourceTests;
import io.parallax.api.ledger.LedgerSettings;
import io.parallax.api.ledger.backlog.Backlog;
import io.parallax.api.ledger.change.Changes;
import io.parallax.api.ledger.failures.Failures;
import io.parallax.api.ledger.leases.Handover;
import io.parallax.api.ledger.leases.Leases;
import io.parallax.api.ledger.leases.QuietPeriod;
import io.parallax.api.ledger.results.Results;
import io.parallax.api.ledger.workspace.TempTableCleanup;
import io.parallax.api.messaging.BadMessage;
import io.parallax.api.messaging.Channels;
import io.parallax.api.messaging.Perseverance;
import io.parallax.api.requests.OffTheLoop;
import io.parallax.contract.Codec;
import io.parallax.contract.ErrorType;
import io.parallax.contract.Failure;
import io.parallax.contract.UnreadableMessageException;
import io.parallax.contract.message.Report;
import io.parallax.contract.message.TaskAddress;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.vertx.MutinyHelper;
import io.smallrye.reactive.messaging.kafka.api.IncomingKafkaRecordMetadata;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.jboss.logging.Logger;
import org.jboss.logging.MDC;
import org.jspecify.annotations.Nullable;

/**
 * Takes the workers' reports into the ledger, those of one diff one after the other, and others meanwhile. A report is acknowledged once
 * the store has it; while the store is away or busy it waits. One that cannot be read or is not valid goes to the dead letters and
 * fails its diff.
 */
@ApplicationScoped
public class ReportConsumer {
    private static final Logger LOG = Logger.getLogger(ReportConsumer.class);

    private static final int MOST_WAITING = 500;
    private static final long MOST_BYTES = 1 << 25;

    private final Results results;
    private final Failures failures;
    private final Changes changes;
    private final Backlog backlog;
    private final Leases leases;
    private final Handover handover;
    private final SourceTests tests;
    private final SourceQuestions questions;
    private final TempTableCleanup cleanup;
    private final DeadLetters deadLetters;
    private final QuietPeriod quiet;
    private final Lanes<String, Arrival> lanes;

    ReportConsumer(
            Results results,
            Failures failures,
            Changes changes,
            Backlog backlog,
            Leases leases,
            Handover handover,
            SourceTests tests,
            SourceQuestions questions,
            TempTableCleanup cleanup,
            DeadLetters deadLetters,
            QuietPeriod quiet,
            LedgerSettings settings) {
        this.results = results;
        this.failures = failures;
        this.changes = changes;
        this.backlog = backlog;
        this.leases = leases;
        this.handover = handover;
        this.tests = tests;
        this.questions = questions;
        this.cleanup = cleanup;
        this.deadLetters = deadLetters;
        this.quiet = quiet;
        this.lanes = new Lanes<>(settings.lanes(), MOST_WAITING, MOST_BYTES, this::takeAll);
    }

    /** Completes when there is room for more; never fails, as that would end the channel. */
    @Incoming(Channels.RESULTS)
    public Uni<Void> consume(Message<byte[]> message) {
        return arrived(message, Vertx.currentContext()).chain(lanes::add);
    }

    private Uni<Arrival> arrived(Message<byte[]> message, @Nullable Context context) {
        byte[] bytes = BadMessage.bytes(message);
        return Perseverance.unlessBad("Reading a report", () -> decoded(bytes), failure -> false, this::disturbed)
                .map(report -> Arrival.of(message, bytes.length, report, context))
                .onFailure()
                .recoverWithUni(failure -> OffTheLoop.run(bytes.length, () -> DiffOfRecord.of(bytes))
                        .map(diff -> Arrival.unreadable(message, bytes.length, diff, failure, context)));
    }

    /** Those of one diff, in order. */
    private Uni<Void> takeAll(List<Arrival> arrivals) {
        return Multi.createFrom()
                .range(0, arrivals.size())
                .onItem()
                .transformToUniAndConcatenate(i -> arrivals.get(i).isOutdone(arrivals.subList(i + 1, arrivals.size()))
                        ? acknowledge(arrivals.get(i))
                        : where(arrivals.get(i), this::takeOne))
                .collect()
                .asList()
                .replaceWithVoid();
    }

    /** Where it came, as the log's context and traces are kept there. */
    private static Uni<Void> where(Arrival arrival, Function<Arrival, Uni<Void>> work) {
        Context context = arrival.context();
        return context == null
                ? work.apply(arrival)
                : Uni.createFrom()
                        .item(arrival)
                        .emitOn(MutinyHelper.executor(context))
                        .flatMap(work::apply);
    }

    private Uni<Void> takeOne(Arrival arrival) {
        return Perseverance.unlessBad("A report", () -> take(arrival), failure -> false, this::disturbed)
                .onFailure()
                .recoverWithUni(failure -> putAside(arrival.message(), failure))
                .eventually(ReportConsumer::forget)
                .chain(() -> acknowledge(arrival));
    }

    private static Uni<Void> acknowledge(Arrival arrival) {
        return Perseverance.always(
                "Acknowledging a report", () -> Uni.createFrom().completionStage(arrival.message()::ack));
    }

    /** While reports wait, silence says nothing about workers. */
    private void disturbed(Throwable failure) {
        quiet.disturbed();
    }

    private Uni<Void> take(Arrival arrival) {
        Report report = arrival.report();
        if (report == null) {
            return Uni.createFrom().failure(Objects.requireNonNull(arrival.failure()));
        }
        name(report);
        return record(report);
    }

    private static Uni<Report> decoded(byte[] bytes) {
        return OffTheLoop.begin(bytes.length, () -> {
            try {
                return Uni.createFrom().item(Codec.decode(bytes, Report.class));
            } catch (UnreadableMessageException e) {
                return Uni.createFrom().failure(e);
            }
        });
    }

    /** So that every line of the log that comes of it names the diff and the task. */
    private static void name(Report report) {
        TaskAddress address = Arrival.task(report);
        if (address != null) {
            MDC.put("diff", address.diff());
            MDC.put("task", address.stage() + "/" + address.task());
        }
    }

    private static void forget() {
        MDC.remove("diff");
        MDC.remove("task");
    }

    private Uni<Void> record(Report report) {
        if (report instanceof Report.PlanMade planMade) {
            return results.planMade(planMade).chain(backlog::admit);
        }
        if (report instanceof Report.StageMade stageMade) {
            return results.stageMade(stageMade).invoke(backlog::admitLater);
        }
        if (report instanceof Report.TaskDone taskDone) {
            return results.taskDone(taskDone).invoke(backlog::admitLater);
        }
        if (report instanceof Report.TaskFailed taskFailed) {
            return failures.taskFailed(taskFailed).invoke(backlog::admitLater);
        }
        if (report instanceof Report.Alive alive) {
            return leases.alive(alive);
        }
        if (report instanceof Report.TakenOver taken) {
            return handover.taken(taken);
        }
        if (report instanceof Report.TablesDropped dropped) {
            return cleanup.dropped(dropped);
        }
        return report instanceof Report.SourceTested tested
                ? tests.answered(tested)
                : questions.answered((Report.SourceAnswered) report);
    }

    private Uni<Void> putAside(Message<byte[]> message, Throwable failure) {
        byte[] bytes = BadMessage.bytes(message);
        String reason = reason(failure);
        return OffTheLoop.run(bytes.length, () -> DiffOfRecord.of(bytes))
                .invoke(diff -> LOG.errorf(
                        failure instanceof UnreadableMessageException ? null : failure,
                        "A report%s goes to the dead letters: %s",
                        diff.map(id -> " on diff " + id).orElse(""),
                        reason))
                .call(() -> deadLetters.add(key(message), bytes, reason))
                .chain(diff ->
                        diff.map(this::fail).orElseGet(() -> Uni.createFrom().voidItem()));
    }

    /** Without the words of whoever has tried it again and again. */
    private static String reason(Throwable failure) {
        Throwable cause = failure.getCause();
        return String.valueOf(
                failure instanceof IllegalStateException && cause != null ? cause.getMessage() : failure.getMessage());
    }

    private Uni<Void> fail(long diff) {
        Failure failure = new Failure(
                ErrorType.INTERNAL,
                "A worker's report on this diff could not be used; it is kept among the dead letters.");
        return Perseverance.always("A diff that fails by a bad report", () -> changes.fail(diff, failure));
    }

    private static byte @Nullable [] key(Message<byte[]> message) {
        return message.getMetadata(IncomingKafkaRecordMetadata.class)
                .map(IncomingKafkaRecordMetadata::getKey)
                .filter(byte[].class::isInstance)
                .map(byte[].class::cast)
                .orElse(null);
    }
}
