package io.parallax.worker.work;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Context;
import io.parallax.contract.DiffFailedException;
import io.parallax.contract.ErrorType;
import io.parallax.contract.Failure;
import io.parallax.contract.Workspace;
import io.parallax.contract.message.CompareTask;
import io.parallax.contract.message.Job;
import io.parallax.contract.message.Report;
import io.parallax.contract.message.Report.Running;
import io.parallax.contract.message.SealedSource;
import io.parallax.contract.message.TaskAddress;
import io.parallax.engine.DiffEngine;
import io.parallax.engine.session.Cancellation;
import io.parallax.engine.task.Compared;
import io.parallax.engine.task.Databases;
import io.parallax.engine.task.HeldSnapshot;
import io.parallax.engine.task.Planned;
import io.parallax.engine.task.Staged;
import io.parallax.engine.task.Taken;
import io.parallax.worker.config.WorkerName;
import io.parallax.worker.report.Reports;
import io.parallax.worker.source.SourceVault;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.jboss.logging.MDC;
import org.jspecify.annotations.Nullable;

/** Does the work and has its outcome reported; whatever happens, one report is sent, or none when it was stopped. */
public final class TaskExecutor {
    private static final Logger LOG = Logger.getLogger(TaskExecutor.class);

    private final Executor deliveries;
    private final DiffEngine engine;
    private final SourceVault vault;
    private final Reports reports;
    private final RunningWork running;
    private final HeldSnapshots heldSnapshots;
    private final String worker;
    private final WorkMetrics metrics;

    /** {@code deliveries}: where reports wait for Kafka. */
    public TaskExecutor(
            Executor deliveries,
            DiffEngine engine,
            SourceVault vault,
            Reports reports,
            RunningWork running,
            HeldSnapshots heldSnapshots,
            WorkerName worker,
            WorkMetrics metrics) {
        this.deliveries = deliveries;
        this.engine = engine;
        this.vault = vault;
        this.reports = reports;
        this.running = running;
        this.heldSnapshots = heldSnapshots;
        this.worker = worker.value();
        this.metrics = metrics;
    }

    public void plan(Job.PlanDiff job, Cancellation cancellation) {
        Running work = new Running(job.address(), job.attempt());
        report(work, cancellation, () -> {
            Workspace workspace = job.spec().workspace();
            String temporary = workspace == null
                    ? null
                    // Kafka may give the same job to two workers; neither must be in the other's way.
                    : workspace.temporary(job.address().plan(), job.attempt()) + random() + "_";
            Planned planned = engine.plan(
                    job.spec(),
                    databases(job.address(), job.sourceA(), job.sourceB(), job.destination()),
                    job.keys(),
                    temporary,
                    cancellation);
            return new Outcome(
                    new Report.PlanMade(job.address(), job.attempt(), worker, planned.plan(), planned.effort()),
                    planned.hold());
        });
    }

    private static String random() {
        return HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt());
    }

    public void nextStage(Job.NextStage job, Cancellation cancellation) {
        Running work = new Running(job.address(), job.attempt());
        report(work, cancellation, () -> {
            Staged staged = engine.nextStage(job.common(), job.residue());
            return new Outcome(new Report.StageMade(
                    job.address(), job.attempt(), worker, staged.settled(), staged.tasks(), staged.effort()));
        });
    }

    /** {@code partition}: the one that the task came from; null where none is known. */
    public void compare(CompareTask task, @Nullable Integer partition, Cancellation cancellation) {
        Running work = new Running(task.address(), task.attempt());
        report(work, cancellation, () -> {
            Compared compared = engine.compare(
                    task.common(),
                    task.body(),
                    databases(task.address(), task.sourceA(), task.sourceB(), task.destination()),
                    cancellation);
            return new Outcome(new Report.TaskDone(
                    task.address(),
                    task.attempt(),
                    worker,
                    compared.tally(),
                    compared.effort(),
                    compared.residue(),
                    compared.rows(),
                    compared.rechecked(),
                    compared.timeline(),
                    compared.batch(),
                    partition,
                    compared.notes()));
        });
    }

    /** Keeps what somebody keeps who leaves; nothing comes of it when that fails: whoever leaves has others asked. */
    public void takeOver(Job.TakeOver job) {
        Running work = new Running(job.address(), job.attempt());
        try {
            Taken taken = engine.takeOver(
                    job.common(), databases(job.address(), job.sourceA(), job.sourceB(), null), new Cancellation());
            keep(
                    work,
                    taken.hold(),
                    reports.deliver(new Report.TakenOver(job.address(), job.attempt(), worker, taken.common())));
        } catch (DiffFailedException e) {
            LOG.warnf("%s is not taken over: %s", job.address(), e.failure().message());
        } catch (RuntimeException | Error e) {
            LOG.errorf(e, "%s is not taken over", job.address());
        }
    }

    public void test(Job.TestSource job) {
        reports.deliver(tested(job));
    }

    private Report tested(Job.TestSource job) {
        try {
            return new Report.SourceTested(
                    job.job(), worker, engine.test(vault.open(job.source()), job.tempSchema(), new Cancellation()));
        } catch (DiffFailedException e) {
            return SourceTests.failed(job, worker, e.failure(), e.handsBack());
        } catch (RuntimeException | Error e) {
            LOG.errorf(e, "source test %d", job.job());
            return SourceTests.failed(job, worker, unexpected(), false);
        }
    }

    public void answer(Job.AskSource job) {
        reports.deliver(answered(job));
    }

    private Report answered(Job.AskSource job) {
        try {
            return new Report.SourceAnswered(
                    job.job(),
                    worker,
                    engine.answer(job.question(), vault.open(job.source()), new Cancellation()),
                    null);
        } catch (DiffFailedException e) {
            return new Report.SourceAnswered(job.job(), worker, null, e.failure(), e.handsBack() ? true : null);
        } catch (RuntimeException | Error e) {
            LOG.errorf(e, "question %d", job.job());
            return new Report.SourceAnswered(job.job(), worker, null, unexpected());
        }
    }

    /** Drops tables that a diff has left. */
    public void dropTables(Job.DropTables job) {
        reports.deliver(new Report.TablesDropped(job.job(), worker, failureToDrop(job)));
    }

    private @Nullable Failure failureToDrop(Job.DropTables job) {
        try {
            engine.dropTables(vault.open(job.source()), job.schema(), job.prefix(), new Cancellation());
            return null;
        } catch (DiffFailedException e) {
            return e.failure();
        } catch (RuntimeException | Error e) {
            LOG.errorf(e, "tables %s", job.prefix());
            return unexpected();
        }
    }

    private Databases databases(TaskAddress work, SealedSource a, SealedSource b, @Nullable SealedSource destination) {
        String purpose = "parallax diff " + work.diff();
        return new Databases(
                vault.open(a).forPurpose(purpose),
                vault.open(b).forPurpose(purpose),
                destination == null ? null : vault.open(destination).forPurpose(purpose));
    }

    private void report(Running work, Cancellation cancellation, Supplier<Outcome> effort) {
        long started = System.nanoTime();
        Outcome outcome = inContext(work, () -> outcome(work, effort));
        count(outcome.report(), Duration.ofNanos(System.nanoTime() - started));
        handOver(Context.current().wrap(() -> deliver(work, cancellation, outcome)));
    }

    /** Nothing that is only counted may keep a report back. */
    private void count(Report report, Duration took) {
        try {
            metrics.ended(report, took);
        } catch (RuntimeException | Error e) {
            LOG.error("work is not counted", e);
        }
    }

    /** The slot is for the next task meanwhile, unless there is no thread for that. */
    private void handOver(Runnable delivery) {
        try {
            deliveries.execute(delivery);
        } catch (RuntimeException | Error e) {
            LOG.warnf("a report is delivered where it was made: %s", e);
            delivery.run();
        }
    }

    /** So that every line of the log that comes of it names the diff and the task. */
    private static Outcome inContext(Running work, Supplier<Outcome> effort) {
        MDC.put("diff", work.address().diff());
        MDC.put("task", work.address().stage() + "/" + work.address().task());
        try {
            return effort.get();
        } finally {
            MDC.remove("diff");
            MDC.remove("task");
        }
    }

    /** Whatever happens, the work has ended then, and nothing is held for a plan that nobody has. */
    private void deliver(Running work, Cancellation cancellation, Outcome outcome) {
        boolean arrived = false;
        try {
            // Who stopped it expects nothing any more.
            arrived = reports.deliver(outcome.report(), () -> !cancellation.cancelled());
        } finally {
            settle(work, outcome.hold(), arrived);
        }
    }

    private void settle(Running work, @Nullable HeldSnapshot hold, boolean arrived) {
        try {
            if (hold != null) {
                keep(HeldSnapshots.of(work.address()), hold, arrived);
            }
        } finally {
            running.end(work);
        }
    }

    private void keep(Running work, HeldSnapshot hold, boolean wanted) {
        if (wanted) {
            heldSnapshots.keep(work, hold);
        } else {
            hold.close();
        }
    }

    private Outcome outcome(Running work, Supplier<Outcome> effort) {
        try {
            return effort.get();
        } catch (DiffFailedException e) {
            LOG.infof(
                    "%s attempt %d: %s",
                    work.address(), work.attempt(), e.failure().type().publicName());
            return failed(work, e);
        } catch (RuntimeException | Error e) {
            // Of whatever kind: a class that is missing ends one task, and the next one may do without it.
            LOG.errorf(e, "%s attempt %d", work.address(), work.attempt());
            return failed(
                    work,
                    new DiffFailedException(unexpected().type(), unexpected().message()));
        }
    }

    private Outcome failed(Running work, DiffFailedException why) {
        Span.current().setStatus(StatusCode.ERROR, why.failure().type().publicName());
        if (why.full()) {
            metrics.refused();
        }
        return new Outcome(new Report.TaskFailed(work.address(), work.attempt(), worker, why.failure())
                .replan(trueOrNull(why.losesPlan()))
                .gaveWay(trueOrNull(why.givesWay()))
                .handedBack(trueOrNull(why.handsBack()))
                .silent(trueOrNull(why.silent())));
    }

    private static @Nullable Boolean trueOrNull(boolean value) {
        return value ? true : null;
    }

    private static Failure unexpected() {
        return new Failure(
                ErrorType.INTERNAL, "The comparison hit an unexpected error; the worker's log has its details.");
    }

    /** A report, and what is to be kept once it has arrived. */
    private record Outcome(Report report, @Nullable HeldSnapshot hold) {
        Outcome(Report report) {
            this(report, null);
        }
    }
}
