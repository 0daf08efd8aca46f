package io.parallax.api.startup;

import io.parallax.api.audit.AuditTrail;
import io.parallax.api.datadiffs.Diffs;
import io.parallax.api.datasources.SourceQuestions;
import io.parallax.api.datasources.SourceTests;
import io.parallax.api.events.Deliveries;
import io.parallax.api.events.EventPublisher;
import io.parallax.api.ledger.Retention;
import io.parallax.api.ledger.Sweep;
import io.parallax.api.ledger.Tidying;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

/** What this service does by itself, again and again; safe in several replicas at once. */
@ApplicationScoped
public class Schedule {
    private static final Logger LOG = Logger.getLogger(Schedule.class);

    private final Sweep sweep;
    private final SourceTests tests;
    private final SourceQuestions questions;
    private final Tidying tidying;
    private final EventPublisher events;
    private final Deliveries deliveries;
    private final Diffs diffs;
    private final AuditTrail audit;
    private final Retention retention;

    Schedule(
            Sweep sweep,
            SourceTests tests,
            SourceQuestions questions,
            Tidying tidying,
            EventPublisher events,
            Deliveries deliveries,
            Diffs diffs,
            AuditTrail audit,
            Retention retention) {
        this.sweep = sweep;
        this.tests = tests;
        this.questions = questions;
        this.tidying = tidying;
        this.events = events;
        this.deliveries = deliveries;
        this.diffs = diffs;
        this.audit = audit;
        this.retention = retention;
    }

    @Scheduled(
            identity = "api-sweep",
            every = "{parallax.ledger.sweep-every:1s}",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP,
            skipExecutionIf = Scheduled.ApplicationNotRunning.class)
    Uni<Void> sweep() {
        return quietly(
                sweep.next().chain(tests::sendPending).chain(questions::sweep).chain(tidying::sendDue),
                "The sweep will try again");
    }

    /** Apart from the sweep, as it waits for Kafka. */
    @Scheduled(
            identity = "api-events",
            every = "{parallax.events.every:1s}",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP,
            skipExecutionIf = Scheduled.ApplicationNotRunning.class)
    Uni<Void> publish() {
        return quietly(events.sweep(), "Events wait");
    }

    /** Apart from both, as it waits for others' servers. */
    @Scheduled(
            identity = "api-deliveries",
            every = "{parallax.events.every:1s}",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP,
            skipExecutionIf = Scheduled.ApplicationNotRunning.class)
    Uni<Void> deliver() {
        return quietly(deliveries.sweep(), "Deliveries wait");
    }

    /** What is only kept for a while. */
    @Scheduled(
            identity = "api-forget",
            every = "10m",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP,
            skipExecutionIf = Scheduled.ApplicationNotRunning.class)
    Uni<Void> forget() {
        return quietly(diffs.forgetKeys().chain(audit::sweep).chain(retention::once), "Old records wait");
    }

    private static Uni<Void> quietly(Uni<Void> work, String what) {
        return work.onFailure()
                .invoke(failure -> LOG.warnf("%s: %s", what, failure.getMessage()))
                .onFailure()
                .recoverWithNull();
    }
}
