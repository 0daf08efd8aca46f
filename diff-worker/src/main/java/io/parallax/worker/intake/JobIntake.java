package io.parallax.worker.intake;

import io.parallax.contract.message.Job;
import io.parallax.contract.message.Report.Running;
import io.parallax.worker.config.WorkerConfig;
import io.parallax.worker.report.Reports;
import io.parallax.worker.source.SourceVault;
import io.parallax.worker.work.BoundedExecutor;
import io.parallax.worker.work.RunningWork;
import io.parallax.worker.work.TaskExecutor;
import io.parallax.worker.work.Traces;
import io.parallax.worker.work.WorkMetrics;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.function.Predicate;
import org.apache.kafka.common.TopicPartition;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.Message;

/** Reads {@link io.parallax.contract.Topics#JOBS}; its slots are its own, so that long tasks do not hold up plans. */
@ApplicationScoped
public class JobIntake {
    private final BoundedExecutor slots;
    private final WorkAcceptor acceptor;
    private final TaskExecutor executor;
    private final DeadLetters deadLetters;
    private final SourceVault vault;

    JobIntake(
            WorkerConfig config,
            RunningWork running,
            Reports reports,
            Traces traces,
            TaskExecutor executor,
            DeadLetters deadLetters,
            SourceVault vault,
            WorkMetrics metrics) {
        this.slots = new BoundedExecutor("parallax-job", config.jobSlots(), config.spareSlots());
        metrics.slots("job", config::jobSlots, slots::inUse);
        this.acceptor = new WorkAcceptor(slots, running, reports, traces);
        this.executor = executor;
        this.deadLetters = deadLetters;
        this.vault = vault;
    }

    @Incoming("worker-jobs-in")
    Uni<Void> accept(Message<byte[]> message) {
        return acceptor.read(message, Job.class, job -> accept(message, job), deadLetters);
    }

    private Uni<Void> accept(Message<byte[]> message, Job job) {
        if (job instanceof Job.PlanDiff plan) {
            return acceptor.acceptOrHandBack(
                    message,
                    "plan diff",
                    new Running(plan.address(), plan.attempt()),
                    vault.lacking(plan.sourceA(), plan.sourceB(), plan.destination()),
                    WorkAcceptor.ids(plan.sourceA(), plan.sourceB(), plan.destination()),
                    cancellation -> executor.plan(plan, cancellation));
        }
        if (job instanceof Job.NextStage stage) {
            return acceptor.accept(
                    message,
                    "plan next stage",
                    new Running(stage.address(), stage.attempt()),
                    WorkAcceptor.ids(stage.sourceA(), stage.sourceB()),
                    cancellation -> executor.nextStage(stage, cancellation));
        }
        return acceptAside(message, job);
    }

    /** Source tests, questions and the like are in no ledger; unanswered, the API service ends them by their age or asks again. */
    private Uni<Void> acceptAside(Message<byte[]> message, Job job) {
        if (job instanceof Job.TestSource test) {
            return acceptor.acceptAside(message, WorkAcceptor.ids(test.source()), () -> executor.test(test));
        }
        if (job instanceof Job.TakeOver taking) {
            return acceptor.acceptAside(
                    message, WorkAcceptor.ids(taking.sourceA(), taking.sourceB()), () -> executor.takeOver(taking));
        }
        if (job instanceof Job.DropTables drop) {
            return acceptor.acceptAside(message, WorkAcceptor.ids(drop.source()), () -> executor.dropTables(drop));
        }
        Job.AskSource question = (Job.AskSource) job;
        return acceptor.acceptAside(message, WorkAcceptor.ids(question.source()), () -> executor.answer(question));
    }

    /** Has nothing begin that waits here and comes from these partitions. */
    void forget(Predicate<TopicPartition> partitions) {
        acceptor.forget(partitions);
    }

    /** Whether nothing is under way that came from here. */
    boolean idle() {
        return slots.idle();
    }

    /** How many jobs it takes at a time. */
    int count() {
        return slots.count();
    }

    @PreDestroy
    void close() {
        slots.close();
    }
}
