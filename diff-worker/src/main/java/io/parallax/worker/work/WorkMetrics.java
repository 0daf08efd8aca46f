package io.parallax.worker.work;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.parallax.contract.ErrorType;
import io.parallax.contract.message.Report;
import io.parallax.contract.tally.Effort;
import io.parallax.contract.tally.Tally;
import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;

/** What a worker has done, for operators. */
public final class WorkMetrics {
    private static final String COMPARE = "compare";

    private final MeterRegistry registry;
    private final Counter compared;
    private final Counter fetched;
    private final LongAdder tasksEnded = new LongAdder();
    private final LongAdder tasksRefused = new LongAdder();

    public WorkMetrics(MeterRegistry registry) {
        this.registry = registry;
        this.compared = registry.counter("parallax.rows.compared");
        this.fetched = registry.counter("parallax.rows.fetched");
    }

    /** A piece of work that has ended, with whatever outcome. */
    void ended(Report report, Duration took) {
        Timer.builder("parallax.task")
                .tag("kind", kind(report))
                .tag(
                        "outcome",
                        report instanceof Report.TaskFailed failed
                                ? failed.failure().type().publicName()
                                : "done")
                .publishPercentileHistogram()
                .register(registry)
                .record(took);
        if (kind(report).equals(COMPARE)) {
            countTask(report);
        }
        if (report instanceof Report.TaskDone done) {
            count(done.tally(), done.effort());
        } else if (report instanceof Report.PlanMade made) {
            count(made.plan().settled(), made.effort());
        }
    }

    private void countTask(Report report) {
        tasksEnded.increment();
        if (report instanceof Report.TaskFailed failed && failed.failure().type() == ErrorType.SOURCE_UNREACHABLE) {
            tasksRefused.increment();
        }
    }

    /** How many comparison tasks have ended so far. */
    public long tasksEnded() {
        return tasksEnded.sum();
    }

    /** How many of them as a source could not be reached, or had no room. */
    public long tasksRefused() {
        return tasksRefused.sum();
    }

    private void count(Tally tally, Effort effort) {
        compared.increment(tally.totalRows().sum());
        fetched.increment(effort.rowsFetched());
    }

    private static String kind(Report report) {
        if (report instanceof Report.TaskFailed failed) {
            return failed.address().plans() ? "plan" : failed.address().makesTasks() ? "stage" : COMPARE;
        }
        return report instanceof Report.PlanMade ? "plan" : report instanceof Report.StageMade ? "stage" : COMPARE;
    }
}
