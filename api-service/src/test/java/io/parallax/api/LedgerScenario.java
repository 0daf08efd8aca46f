package io.parallax.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.parallax.api.ledger.leases.Sweep;
import io.parallax.contract.ErrorType;
import io.parallax.contract.Failure;
import io.parallax.contract.message.CompareTask;
import io.parallax.contract.message.Plan;
import io.parallax.contract.message.Report;
import io.parallax.contract.message.TaskAddress;
import io.parallax.contract.tally.Effort;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What tests of the ledger share, with the test as all workers. */
public abstract class LedgerScenario extends ServiceTest {
    public static final Duration PATIENCE = Duration.ofSeconds(10);

    @Inject
    protected Sweep sweep;

    public static long newDiff() {
        long source = newSource("");
        return newDiff(source, source);
    }

    public List<CompareTask> issued(long diff, int count) {
        await(() -> assertThat(tasks(diff)).hasSize(count));
        return tasks(diff);
    }

    /** The planning job of that plan is answered, by a worker that keeps something for its tasks or not. */
    public void planned(long diff, int number, Plan plan, @Nullable Boolean holds) {
        await(() -> assertThat(planningJobs(diff)).hasSize(number));
        report(new Report.PlanMade(
                TaskAddress.planning(diff, number),
                1,
                "w1",
                Plan.draft(
                                plan.schema(),
                                plan.key(),
                                plan.comparedColumns(),
                                plan.algorithm(),
                                plan.common(),
                                plan.tasks(),
                                plan.settled())
                        .holds(holds)
                        .plan(),
                Effort.NONE));
    }

    /** As often as it takes to come to every diff: other tests leave theirs, and a sweep issues tasks of 200 of them. */
    public void sweep() {
        long left = one(
                "select count(*) from diff where status in ('waiting', 'queued', 'processing') and not deferred",
                Tuple.tuple(),
                Long.class);
        long rounds = left < 200 ? 1 : 2 + left / 200;
        for (long round = 0; round < rounds; round++) {
            sweep.once().await().atMost(PATIENCE);
        }
    }

    /** Passes once every report sent before has been taken in, and what comes of it had time to go out. */
    public void settled() {
        awaitReports();
        long marker = newDiff();
        plan(marker, 0, "a");
        await(() -> assertThat(status(marker)).isEqualTo("done"));
    }

    public static Report.Alive alive(TaskAddress address, int attempt) {
        return new Report.Alive(address.diff(), "w1", List.of(new Report.Running(address, attempt)));
    }

    public static Report.TaskFailed failed(TaskAddress address, int attempt, ErrorType type) {
        return new Report.TaskFailed(address, attempt, "w1", new Failure(type, "It went wrong."));
    }

    public int attemptOf(TaskAddress address) {
        return one(
                "select attempt from ledger_task where diff = $1 and plan = $2 and stage = $3 and task = $4",
                Tuple.of(address.diff(), address.plan(), address.stage(), address.task()),
                Integer.class);
    }

    public void expire(TaskAddress task) {
        execute(
                "update ledger_task set lease_until = now() - interval '1 second'"
                        + " where diff = $1 and plan = $2 and stage = $3 and task = $4 and lease_until is not null",
                task.diff(),
                task.plan(),
                task.stage(),
                task.task());
    }
}
