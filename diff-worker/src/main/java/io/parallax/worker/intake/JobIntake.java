package io.parallax.worker.intake;

import io.parallax.contract.message.Job;
import io.parallax.contract.message.Report.Running;
import io.parallax.worker.WorkerConfig;
import io.parallax.worker.report.Reports;
import io.parallax.worker.source.SourceVault;
import io.parallax.worker.work.Performer;
import io.parallax.worker.work.RunningWork;
import io.parallax.worker.work.Slots;
import io.parallax.worker.work.Traces;
import io.parallax.worker.work.WorkMetrics;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.Message;

/** Reads {@link io.parallax.contract.Topics#JOBS}; its slots are its own, so that long tasks do not hold up plans. */
@ApplicationScoped
public class JobIntake {
    private final Slots slots;
    private final RunningWork running;
    private final Intake intake;
    private final Performer performer;
    private final DeadLetters deadLetters;
    private final SourceVault vault;

    JobIntake(
            WorkerConfig config,
            RunningWork running,
            Reports reports,
            Traces traces,
            Performer performer,
            DeadLetters deadLetters,
            SourceVault vault,
            WorkMetrics metrics) {
        this.slots = new Slots("parallax-job", config.jobSlots());
        metrics.slots("job", config::jobSlots, slots::inUse);
        this.running = running;
        this.intake = new Intake(slots, running, reports, traces);
        this.performer = performer;
        this.deadLetters = deadLetters;
        this.vault = vault;
    }

    @Incoming("worker-jobs-in")
    Uni<Void> accept(Message<byte[]> message) {
        return Intake.read(message, Job.class, job -> accept(message, job), deadLetters);
    }

    private Uni<Void> accept(Message<byte[]> message, Job job) {
        if (job instanceof Job.PlanDiff plan) {
            Running work = new Running(plan.address(), plan.attempt());
            return intake.acceptOrHandBack(
                    message,
                    "plan diff",
                    work,
                    vault.lacking(plan.sourceA(), plan.sourceB(), plan.destination()),
                    cancellation -> performer.plan(plan, cancellation));
        }
        if (job instanceof Job.NextStage stage) {
            return intake.accept(
                    message,
                    "plan next stage",
                    new Running(stage.address(), stage.attempt()),
                    cancellation -> performer.nextStage(stage, cancellation));
        }
        if (job instanceof Job.TestSource test) {
            return aside(message, () -> performer.test(test));
        }
        if (job instanceof Job.TakeOver taking) {
            return aside(message, () -> performer.takeOver(taking));
        }
        return job instanceof Job.DropTables drop
                ? aside(message, () -> performer.dropTables(drop))
                : aside(message, () -> performer.answer((Job.AskSource) job));
    }

    /** Source tests, questions and the like are in no ledger; unanswered, the API service ends them by their age or asks again. */
    private Uni<Void> aside(Message<byte[]> message, Runnable work) {
        return slots.take().flatMap(slot -> {
            if (running.closing()) {
                slot.giveBack();
                return Intake.left();
            }
            return Intake.acknowledge(message)
                    .onItemOrFailure()
                    .invoke((done, failure) -> slot.run(work))
                    .onCancellation()
                    .invoke(slot::giveBack);
        });
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
