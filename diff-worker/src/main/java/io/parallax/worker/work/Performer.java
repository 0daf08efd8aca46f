package io.parallax.worker.work;

import io.parallax.contract.DiffFailedException;
import io.parallax.contract.ErrorType;
import io.parallax.contract.Failure;
import io.parallax.contract.message.CompareTask;
import io.parallax.contract.message.Job;
import io.parallax.contract.message.Report;
import io.parallax.contract.message.Report.Running;
import io.parallax.engine.Cancellation;
import io.parallax.engine.Compared;
import io.parallax.engine.DiffEngine;
import io.parallax.engine.Planned;
import io.parallax.worker.WorkerName;
import io.parallax.worker.report.Reports;
import io.parallax.worker.source.SourceVault;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/** Does the work and reports its outcome; whatever happens, one report is sent, or none when it was stopped. */
public final class Performer {
    private static final Logger LOG = Logger.getLogger(Performer.class);

    private final DiffEngine engine;
    private final SourceVault vault;
    private final Reports reports;
    private final RunningWork running;
    private final String worker;

    public Performer(DiffEngine engine, SourceVault vault, Reports reports, RunningWork running, WorkerName worker) {
        this.engine = engine;
        this.vault = vault;
        this.reports = reports;
        this.running = running;
        this.worker = worker.value();
    }

    public void plan(Job.PlanDiff job, Cancellation cancellation) {
        Running work = new Running(job.address(), job.attempt());
        report(work, cancellation, () -> {
            Planned planned =
                    engine.plan(job.spec(), vault.open(job.sourceA()), vault.open(job.sourceB()), cancellation);
            return new Report.PlanMade(job.address(), job.attempt(), worker, planned.plan(), planned.effort());
        });
    }

    public void compare(CompareTask task, Cancellation cancellation) {
        Running work = new Running(task.address(), task.attempt());
        report(work, cancellation, () -> {
            Compared compared = engine.compare(
                    task.common(), task.body(), vault.open(task.sourceA()), vault.open(task.sourceB()), cancellation);
            return new Report.TaskDone(
                    task.address(),
                    task.attempt(),
                    worker,
                    compared.tally(),
                    compared.effort(),
                    compared.residue(),
                    compared.rows());
        });
    }

    public void test(Job.TestSource job) {
        try {
            reports.deliver(new Report.SourceTested(
                    job.job(), worker, engine.test(vault.open(job.source()), new Cancellation())));
        } catch (DiffFailedException e) {
            reports.deliver(SourceTests.failed(job, worker, e.failure()));
        } catch (RuntimeException e) {
            LOG.errorf(e, "source test %d", job.job());
            reports.deliver(SourceTests.failed(job, worker, unexpected()));
        }
    }

    private void report(Running work, Cancellation cancellation, Supplier<Report> effort) {
        try {
            Report outcome = outcome(work, effort);
            // Who stopped it expects nothing any more.
            if (!cancellation.cancelled()) {
                reports.deliver(outcome);
            }
        } finally {
            running.end(work);
        }
    }

    private Report outcome(Running work, Supplier<Report> effort) {
        try {
            return effort.get();
        } catch (DiffFailedException e) {
            LOG.infof(
                    "%s attempt %d: %s",
                    work.address(), work.attempt(), e.failure().type().publicName());
            return failed(work, e.failure());
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
            LOG.errorf(e, "%s attempt %d", work.address(), work.attempt());
            return failed(work, unexpected());
        }
    }

    private Report failed(Running work, Failure failure) {
        return new Report.TaskFailed(work.address(), work.attempt(), worker, failure);
    }

    private static Failure unexpected() {
        return new Failure(
                ErrorType.INTERNAL, "The comparison hit an unexpected error; the worker's log has its details.");
    }
}
