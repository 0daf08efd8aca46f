package io.parallax.api.startup;

import io.parallax.api.datasources.SourceQuestions;
import io.parallax.api.datasources.SourceTests;
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

    Schedule(Sweep sweep, SourceTests tests, SourceQuestions questions, Tidying tidying) {
        this.sweep = sweep;
        this.tests = tests;
        this.questions = questions;
        this.tidying = tidying;
    }

    @Scheduled(
            identity = "api-sweep",
            every = "{parallax.ledger.sweep-every:1s}",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP,
            skipExecutionIf = Scheduled.ApplicationNotRunning.class)
    Uni<Void> sweep() {
        return sweep.once()
                .chain(tests::sendPending)
                .chain(questions::sweep)
                .chain(tidying::sendDue)
                .onFailure()
                .invoke(failure -> LOG.warnf("The sweep will try again: %s", failure.getMessage()))
                .onFailure()
                .recoverWithNull();
    }
}
