package io.parallax.worker.work;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.parallax.contract.ErrorType;
import io.parallax.contract.message.Report;
import io.parallax.contract.tally.Effort;
import io.parallax.contract.tally.Tally;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.IntSupplier;

/** What a worker has done, for operators. */
public final class WorkMetrics {
    private static final String COMPARE = "compare";
    private static final String DONE = "done";
    private static final List<String> KINDS = List.of("plan", "stage", COMPARE);

    /** From a small diff's to the longest that a statement may take. */
    private static final Duration[] BUCKETS = {
        Duration.ofMillis(50),
        Duration.ofMillis(200),
        Duration.ofSeconds(1),
        Duration.ofSeconds(3),
        Duration.ofSeconds(10),
        Duration.ofSeconds(30),
        Duration.ofMinutes(2),
        Duration.ofMinutes(10),
        Duration.ofHours(1)
    };

    private final MeterRegistry registry;
    private final Counter compared;
    private final Counter fetched;
    private final LongAdder tasksEnded = new LongAdder();
    private final LongAdder refusals = new LongAdder();

    public WorkMetrics(MeterRegistry registry) {
        this.registry = registry;
        this.compared = Counter.builder("parallax.rows.compared")
                .description("Rows of both sides that were compared, by fingerprint or one by one")
                .register(registry);
        this.fetched = Counter.builder("parallax.rows.fetched")
                .description("Rows that left their database")
                .register(registry);
        for (String kind : KINDS) {
            // What appears with its first task has not increased by it.
            timer(kind, DONE);
            for (ErrorType type : ErrorType.values()) {
                timer(kind, type.publicName());
            }
        }
    }

    /** Has so many places for one kind of work seen, and how many of them are taken. */
    public void slots(String kind, IntSupplier count, IntSupplier inUse) {
        Gauge.builder("parallax.worker.slots", count::getAsInt)
                .description("Places for work that this worker has")
                .tag("kind", kind)
                .register(registry);
        Gauge.builder("parallax.worker.slots.in.use", inUse::getAsInt)
                .description("Places for work that are taken")
                .tag("kind", kind)
                .register(registry);
    }

    private Timer timer(String kind, String outcome) {
        return Timer.builder("parallax.task")
                .description("Work of the ledger that this worker has ended, by kind and outcome")
                .tag("kind", kind)
                .tag("outcome", outcome)
                .serviceLevelObjectives(BUCKETS)
                .register(registry);
    }

    /** A piece of work that has ended, with whatever outcome. */
    void ended(Report report, Duration took) {
        timer(
                        kind(report),
                        report instanceof Report.TaskFailed failed
                                ? failed.failure().type().publicName()
                                : DONE)
                .record(took);
        if (kind(report).equals(COMPARE)) {
            tasksEnded.increment();
        }
        if (report instanceof Report.TaskDone done) {
            count(done.tally(), done.effort());
        } else if (report instanceof Report.PlanMade made) {
            count(made.plan().settled(), made.effort());
        }
    }

    /** How many comparison tasks have ended so far. */
    public long tasksEnded() {
        return tasksEnded.sum();
    }

    /** A source had no connection left for a piece of work. */
    void refused() {
        refusals.increment();
    }

    /** How often that has been so. */
    public long refusals() {
        return refusals.sum();
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
