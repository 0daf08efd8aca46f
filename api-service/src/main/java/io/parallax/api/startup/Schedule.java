package io.parallax.api.startup;

import io.parallax.api.audit.AuditTrail;
import io.parallax.api.datadiffs.read.Diffs;
import io.parallax.api.datasources.SourceQuestions;
import io.parallax.api.datasources.SourceTests;
import io.parallax.api.events.Deliveries;
import io.parallax.api.events.EventPublisher;
import io.parallax.api.events.Webhooks;
import io.parallax.api.ledger.leases.Sweep;
import io.parallax.api.ledger.leases.Workforce;
import io.parallax.api.ledger.retention.Retention;
import io.parallax.api.ledger.workspace.TempTableCleanup;
import io.parallax.api.problems.OutageLog;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/** What this service does by itself, again and again; safe in several replicas at once. */
@ApplicationScoped
public class Schedule {
    private static final Logger LOG = Logger.getLogger(Schedule.class);

    /** Of a connection to the store lost without a word nobody may wait for the end. */
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final Sweep sweep;
    private final SourceTests tests;
    private final SourceQuestions questions;
    private final TempTableCleanup cleanup;
    private final EventPublisher events;
    private final Deliveries deliveries;
    private final Webhooks webhooks;
    private final Diffs diffs;
    private final AuditTrail audit;
    private final Retention retention;
    private final Workforce workforce;

    Schedule(
            Sweep sweep,
            SourceTests tests,
            SourceQuestions questions,
            TempTableCleanup cleanup,
            EventPublisher events,
            Deliveries deliveries,
            Webhooks webhooks,
            Diffs diffs,
            AuditTrail audit,
            Retention retention,
            Workforce workforce) {
        this.sweep = sweep;
        this.tests = tests;
        this.questions = questions;
        this.cleanup = cleanup;
        this.events = events;
        this.deliveries = deliveries;
        this.webhooks = webhooks;
        this.diffs = diffs;
        this.audit = audit;
        this.retention = retention;
        this.workforce = workforce;
    }

    @Scheduled(
            identity = "api-sweep",
            every = "{parallax.ledger.sweep-every:1s}",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP,
            skipExecutionIf = Scheduled.ApplicationNotRunning.class)
    Uni<Void> sweep() {
        return each("The sweep will try again", sweep::next, tests::sendPending, questions::sweep, cleanup::sendDue);
    }

    /** Apart from the sweep, as it waits for Kafka. */
    @Scheduled(
            identity = "api-events",
            every = "{parallax.events.every:1s}",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP,
            skipExecutionIf = Scheduled.ApplicationNotRunning.class)
    Uni<Void> publish() {
        return each("Events wait", events::sweep);
    }

    /** Apart from both, as a busy store makes it wait. */
    @Scheduled(
            identity = "api-deliveries",
            every = "{parallax.events.every:1s}",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP,
            skipExecutionIf = Scheduled.ApplicationNotRunning.class)
    Uni<Void> deliver() {
        return each("Deliveries wait", deliveries::sweep);
    }

    /** What is only kept for a while. */
    @Scheduled(
            identity = "api-forget",
            every = "10m",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP,
            skipExecutionIf = Scheduled.ApplicationNotRunning.class)
    Uni<Void> forget() {
        return each(
                "Old records wait",
                diffs::forgetKeys,
                webhooks::forget,
                audit::sweep,
                retention::once,
                workforce::forget);
    }

    /** One after the other, whatever becomes of those before; and there is an end to it, as the next beat waits for that. */
    @SafeVarargs
    private static Uni<Void> each(String what, Supplier<Uni<? extends Void>>... works) {
        Uni<Void> all = Uni.createFrom().voidItem();
        for (Supplier<Uni<? extends Void>> work : works) {
            all = all.chain(() -> quietly(work, what));
        }
        return all;
    }

    private static Uni<Void> quietly(Supplier<Uni<? extends Void>> work, String what) {
        return Uni.createFrom()
                .<Void>deferred(work)
                .ifNoItem()
                .after(PATIENCE)
                .fail()
                .onFailure()
                .invoke(failure -> OutageLog.warn(LOG, what, failure))
                .onFailure()
                .recoverWithNull();
    }
}
