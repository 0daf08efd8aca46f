package io.parallax.api.reports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parallax.api.LedgerScenario;
import io.parallax.api.TripWire;
import io.parallax.api.ledger.results.Results;
import io.parallax.contract.message.CompareTask;
import io.parallax.contract.message.Plan;
import io.parallax.contract.message.Report;
import io.parallax.contract.message.TaskAddress;
import io.parallax.contract.tally.DifferingRow;
import io.parallax.contract.tally.Effort;
import io.parallax.contract.tally.Sides;
import io.parallax.contract.tally.Tally;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PrimitiveIterator;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** How reports come into the ledger: those of one diff in order, others meanwhile, and each by few trips to the store. */
@QuarkusTest
class ReportsTest extends LedgerScenario {
    private static final int MOST_TRIPS = 6;
    private static final int MOST_TRIES = 40;
    private static final int SEED = 18;

    @Inject
    Results results;

    /** A transaction of somebody else's that has a diff's row. */
    private SqlConnection lock(long diff) {
        SqlConnection other = store.getConnection().await().atMost(PATIENCE);
        other.query("begin").execute().await().atMost(PATIENCE);
        other.preparedQuery("update diff set updated_at = now() where id = $1")
                .execute(Tuple.of(diff))
                .await()
                .atMost(PATIENCE);
        return other;
    }

    private static void end(SqlConnection other, String how) {
        other.query(how).execute().await().atMost(PATIENCE);
        other.close().await().atMost(PATIENCE);
    }

    private Plan settledPlan(Tally tally, List<DifferingRow> rows) {
        Plan plan = planOf(0, "a");
        return Plan.draft(plan.schema(), plan.key(), plan.comparedColumns(), "direct", plan.common(), List.of(), tally)
                .rows(rows)
                .plan();
    }

    private Report.PlanMade settledReport(long diff) {
        return new Report.PlanMade(
                TaskAddress.planning(diff, 1), 1, "w1", settledPlan(rows(7), List.of()), Effort.NONE);
    }

    private void awaitWaitingForLock(long count) {
        await(() -> assertThat(one(
                        "select count(*) from pg_stat_activity where wait_event_type = 'Lock'",
                        Tuple.tuple(),
                        Long.class))
                .isGreaterThanOrEqualTo(count));
    }

    private long results(long diff) {
        return one("select count(*) from ledger_result where diff = $1", Tuple.of(diff), Long.class);
    }

    private long events(long diff, String type) {
        return one("select count(*) from event where diff = $1 and type = $2", Tuple.of(diff, type), Long.class);
    }

    @Test
    void aDiffThatIsHeldUpHoldsUpNoOther() {
        // Given diffs whose rows somebody has, in all states
        List<Long> held = IntStream.range(0, 4).mapToObj(i -> newDiff()).toList();
        held.forEach(diff -> await(() -> assertThat(planningJobs(diff)).hasSize(1)));
        long running = newDiff();
        plan(running, 2, "a");
        List<CompareTask> tasks = issued(running, 2);
        List<SqlConnection> locks = new ArrayList<>();
        held.forEach(diff -> locks.add(lock(diff)));
        locks.add(lock(running));

        // When reports on them come first
        held.forEach(diff -> {
            report(alive(TaskAddress.planning(diff, 1), 1));
            report(settledReport(diff));
        });
        tasks.forEach(task -> report(done(task, rows(3))));
        awaitWaitingForLock(5);
        long other = newDiff();
        await(() -> assertThat(planningJobs(other)).hasSize(1));
        report(alive(TaskAddress.planning(other, 1), 1));
        report(settledReport(other));

        // Then
        await(() -> assertThat(status(other)).isEqualTo("done"));
        held.forEach(diff -> assertThat(status(diff)).isEqualTo("queued"));

        // When they are free
        locks.forEach(lock -> end(lock, "commit"));

        // Then
        held.forEach(diff -> await(() -> assertThat(status(diff)).isEqualTo("done")));
        await(() -> assertThat(status(running)).isEqualTo("done"));
        summary(running).body("values.total_rows", equalTo(6));
        awaitReports();
    }

    @Test
    void aSmallDiffTakesFewTrips() {
        // Given connections that know the statements
        long source = newSource("");
        List<Long> first =
                IntStream.range(0, 30).mapToObj(i -> newDiff(source, source)).toList();
        first.forEach(diff -> await(() -> assertThat(planningJobs(diff)).hasSize(1)));
        first.forEach(diff -> report(alive(TaskAddress.planning(diff, 1), 1)));
        awaitReports();
        first.forEach(diff -> report(settledReport(diff)));
        awaitReports();
        sweep();
        awaitCalm();

        // When
        List<Long> trips = untilTwoAreFew(LongStream.generate(() -> small(source)));

        // Then
        assertThat(trips).filteredOn(count -> count <= MOST_TRIPS).hasSize(2);
    }

    @Test
    void aTaskOfALargeOneTakesFewTrips() {
        // Given
        long diff = newDiff();
        plan(diff, MOST_TRIES + 4, "a");
        awaitCalm();

        // When
        List<Long> trips = untilTwoAreFew(IntStream.range(0, MOST_TRIES).mapToLong(task -> ofTask(diff, task)));

        // Then
        assertThat(trips).filteredOn(count -> count <= MOST_TRIPS).hasSize(2);
    }

    /** What else asks the store meanwhile, or a connection that is new, adds trips and takes none away: so the fewest tell. */
    private static List<Long> untilTwoAreFew(LongStream trips) {
        List<Long> seen = new ArrayList<>();
        PrimitiveIterator.OfLong next = trips.limit(MOST_TRIES).iterator();
        while (next.hasNext()
                && seen.stream().filter(count -> count <= MOST_TRIPS).count() < 2) {
            seen.add(next.nextLong());
        }
        return seen;
    }

    /** How many trips to the store there were for it, without that which takes note that Kafka has the next task. */
    private long ofTask(long diff, int task) {
        CompareTask done = issued(diff, task + 3).get(task);
        awaitQuiet();
        long before = TripWire.trips();
        report(done(done, rows(1)));
        awaitReports();
        awaitQuiet();
        return TripWire.trips() - before - 1;
    }

    /** How many trips to the store there were for it, without that which takes note that Kafka has the job: nobody waits for that. */
    private long small(long source) {
        long before = TripWire.trips();
        long diff = newDiff(source, source);
        await(() -> assertThat(planningJobs(diff)).hasSize(1));
        awaitQuiet();
        report(alive(TaskAddress.planning(diff, 1), 1));
        awaitReports();
        report(settledReport(diff));
        awaitReports();
        awaitQuiet();
        long trips = TripWire.trips() - before - 1;
        assertThat(status(diff)).isEqualTo("done");
        return trips;
    }

    /** Nobody is on the way to the store. */
    private static void awaitQuiet() {
        awaitQuiet(3);
    }

    /** Nor does anybody whom a test before has left ask it again and again, as those do who wait for a source's answer. */
    private static void awaitCalm() {
        awaitQuiet(8);
    }

    /** {@code looks}: how often, 20 ms apart, there must have been no trip. */
    private static void awaitQuiet(int looks) {
        long seen = -1;
        long end = System.nanoTime() + PATIENCE.toNanos();
        for (int same = 0; same < looks && System.nanoTime() < end; same++) {
            long now = TripWire.trips();
            same = now == seen ? same : 0;
            seen = now;
            Multi.createFrom()
                    .ticks()
                    .every(Duration.ofMillis(10))
                    .select()
                    .first(2)
                    .collect()
                    .last()
                    .await()
                    .indefinitely();
        }
    }

    @Test
    void aSmallDiffIsWholeInOneStep() {
        // Given
        long diff = newDiff();
        await(() -> assertThat(planningJobs(diff)).hasSize(1));
        Tally tally =
                new Tally(Sides.of(5, 5), Sides.ZERO, Sides.ZERO, Sides.of(5, 5), Sides.of(1, 0), 4, 2, List.of(2L));
        List<DifferingRow> rows = List.of(
                row(DifferingRow.Kind.VALUE, 1, 1, 2),
                row(DifferingRow.Kind.VALUE, 2, 3, 4),
                row(DifferingRow.Kind.EXCLUSIVE1, 3, 5));

        // When
        report(new Report.PlanMade(
                TaskAddress.planning(diff, 1), 1, "w1", settledPlan(tally, rows), new Effort(10, 1, 100, 5)));

        // Then
        await(() -> assertThat(status(diff)).isEqualTo("done"));
        summary(diff).body("values.rows_with_differences", equalTo(2)).body("pks.exclusives", equalTo(List.of(1, 0)));
        diff(diff)
                .body("result", equalTo("different"))
                .body("diff_progress.completed_steps", equalTo(1))
                .body("diff_progress.total_steps", equalTo(1));
        client().get("/api/v1/datadiffs/" + diff + "/results").then().statusCode(200);
        assertThat(one("select count(*) from differing_row where diff = $1", Tuple.of(diff), Long.class))
                .isEqualTo(3);
        assertThat(one("select rows_complete from diff where id = $1", Tuple.of(diff), Boolean.class))
                .isTrue();
        assertThat(events(diff, "finished")).isEqualTo(1);
        assertThat(results(diff)).isEqualTo(1);
    }

    private static DifferingRow row(DifferingRow.Kind kind, long rank, int... values) {
        ObjectNode row = JsonNodeFactory.instance.objectNode();
        IntStream.of(values).forEach(row.putArray("a")::add);
        return new DifferingRow(
                kind, rank, JsonNodeFactory.instance.objectNode().put("id", rank), row);
    }

    @Test
    void lendsALimitedSourceToTheNextOneAtOnce() {
        // Given
        long source = newSource(", \"max_allowed_connections\": 3");
        long first = newDiff(source, source);
        await(() -> assertThat(planningJobs(first)).hasSize(1));
        long second = newDiff(source, source);
        sweep();
        assertThat(planningJobs(second)).isEmpty();

        // When
        report(settledReport(first));

        // Then
        await(() -> assertThat(planningJobs(second)).hasSize(1));
        assertThat(status(first)).isEqualTo("done");
    }

    @Test
    void takesTheDiffAsItIsOnceItHasIt() {
        // Given one that begins, and one that is cancelled, while their plans come
        long begun = newDiff();
        long cancelled = newDiff();
        for (long diff : List.of(begun, cancelled)) {
            await(() -> assertThat(status(diff)).isEqualTo("queued"));
        }
        SqlConnection begins = lock(begun);
        SqlConnection cancels = lock(cancelled);
        cancels.preparedQuery("update diff set status = 'cancelled', finished_at = now() where id = $1")
                .execute(Tuple.of(cancelled))
                .await()
                .atMost(PATIENCE);

        // When
        report(settledReport(begun));
        report(settledReport(cancelled));
        awaitWaitingForLock(2);
        end(begins, "commit");
        end(cancels, "commit");
        awaitReports();

        // Then
        assertThat(status(begun)).isEqualTo("done");
        assertThat(results(begun)).isEqualTo(1);
        assertThat(events(begun, "finished")).isEqualTo(1);
        assertThat(status(cancelled)).isEqualTo("cancelled");
        assertThat(results(cancelled)).isZero();
        assertThat(events(cancelled, "finished")).isZero();
    }

    @Test
    void countsTheFirstOfManyPlansThatComeAtOnce() {
        long diff = newDiff();
        await(() -> assertThat(planningJobs(diff)).hasSize(1));
        TaskAddress address = TaskAddress.planning(diff, 1);

        // When several replicas have them
        Uni.join()
                .all(IntStream.range(0, 10)
                        .mapToObj(i -> results.planMade(
                                new Report.PlanMade(address, 1, "w1", settledPlan(rows(7), List.of()), Effort.NONE)))
                        .toList())
                .usingConcurrencyOf(10)
                .andCollectFailures()
                .onFailure()
                // Who comes second sees the first one's result and is tried again.
                .recoverWithNull()
                .await()
                .atMost(PATIENCE);

        // Then
        assertThat(status(diff)).isEqualTo("done");
        assertThat(results(diff)).isEqualTo(1);
        assertThat(events(diff, "finished")).isEqualTo(1);
        summary(diff).body("values.total_rows", equalTo(7));
    }

    @Test
    void leavesNoDiffUndoneAndCountsNothingTwiceInAWildMix() {
        // Given diffs of several tasks, on several replicas at once
        Random random = new Random(SEED);
        Map<Long, Long> expected = new HashMap<>();
        List<Uni<Void>> first = new ArrayList<>();
        List<Uni<Void>> reports = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            long diff = newDiff();
            await(() -> assertThat(planningJobs(diff)).hasSize(1));
            int tasks = random.nextInt(6);
            first.add(results.planMade(
                    new Report.PlanMade(TaskAddress.planning(diff, 1), 1, "w1", planOf(tasks, "a"), Effort.NONE)));
            long sum = 0;
            for (int task = 0; task < tasks; task++) {
                int rows = random.nextInt(100);
                sum += rows;
                Report.TaskDone done =
                        new Report.TaskDone(new TaskAddress(diff, 1, 1, task), 1, "w1", rows(rows), Effort.NONE);
                for (int again = random.nextInt(3); again >= 0; again--) {
                    reports.add(Uni.createFrom().deferred(() -> results.taskDone(done)));
                }
                reports.add(Uni.createFrom()
                        .deferred(() -> results.taskDone(new Report.TaskDone(
                                new TaskAddress(diff, 2, 1, done.address().task()),
                                1,
                                "w1",
                                rows(1000),
                                Effort.NONE))));
            }
            expected.put(diff, sum);
        }

        // When
        together(first);
        Collections.shuffle(reports, random);
        together(reports);

        // Then
        expected.forEach((diff, sum) -> {
            assertThat(status(diff)).isEqualTo("done");
            summary(diff).body("values.total_rows", equalTo(sum.intValue()));
            assertThat(events(diff, "finished")).isEqualTo(1);
        });
    }

    private static void together(List<Uni<Void>> all) {
        Uni.join().all(all).usingConcurrencyOf(15).andFailFast().await().atMost(PATIENCE.multipliedBy(6));
    }

    @Test
    void whatATaskCostsDoesNotGrowWithTheSquareOfTheOthers() {
        // Given a plan of which much is done, and statistics that know of nothing
        int tasks = 2000;
        long diff = newDiff();
        plan(diff, tasks, "a");
        List<CompareTask> issued = issued(diff, 3);
        execute(
                """
                insert into ledger_result (diff, plan, stage, task, attempt, worker, tally, buckets, dirty_buckets, rows_fetched,
                                           milliseconds)
                select t.diff, t.plan, t.stage, t.task, 1, 'w', '{}', 0, 0, 0, 0 from ledger_task t
                where t.diff = $1 and t.stage = 1 and t.task between 3 and $2""",
                diff,
                tasks - 10);
        awaitQuiet();
        long before = tuplesRead();

        // When
        report(done(issued.get(0), rows(1)));
        report(alive(issued.get(1).address(), 1));
        awaitReports();

        // Then it is seen that the results were counted, and that they were not looked through for each task
        await(() -> assertThat(tuplesRead() - before).isGreaterThan(tasks / 2));
        awaitQuiet();
        assertThat(tuplesRead() - before).isLessThan(30L * tasks);
    }

    private long tuplesRead() {
        return one(
                "select idx_tup_read from pg_stat_user_indexes where indexrelname = 'ledger_result_pkey'",
                Tuple.tuple(),
                Long.class);
    }
}
