package io.parallax.api.ledger.recheck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.parallax.api.LedgerScenario;
import io.parallax.contract.Codec;
import io.parallax.contract.ErrorType;
import io.parallax.contract.Failure;
import io.parallax.contract.UnreadableMessageException;
import io.parallax.contract.message.CompareTask;
import io.parallax.contract.message.Control;
import io.parallax.contract.message.Job;
import io.parallax.contract.message.Plan;
import io.parallax.contract.message.Report;
import io.parallax.contract.message.TaskAddress;
import io.parallax.contract.tally.DifferingRow;
import io.parallax.contract.tally.DifferingRow.Kind;
import io.parallax.contract.tally.Effort;
import io.parallax.contract.tally.Rechecked;
import io.parallax.contract.tally.Residue;
import io.parallax.contract.tally.Sides;
import io.parallax.contract.tally.Tally;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** Diffs that read their differing keys again. */
@QuarkusTest
class RecheckTest extends LedgerScenario {
    private static final int AN_HOUR = 3600;

    private static long newDiff(Integer recheck) {
        long source = newSource("");
        Map<String, Object> body = new HashMap<>(Map.of(
                "data_source1_id", source,
                "data_source2_id", source,
                "table1", List.of("a"),
                "table2", List.of("b"),
                "pk_columns", List.of("id")));
        body.put("recheck", recheck);
        return client().body(body)
                .post("/api/v1/datadiffs")
                .then()
                .statusCode(200)
                .body("recheck", equalTo(recheck))
                .extract()
                .jsonPath()
                .getLong("id");
    }

    @Test
    void waitsThenReadsTheKeysAgainAndTellsWhichRemained() {
        // Given a diff whose only task found keys of several kinds
        long diff = newDiff(AN_HOUR);
        plan(diff, 1, "v");
        report(finding(
                issued(diff, 1).get(0),
                row(Kind.VALUE, 1, "1"),
                row(Kind.VALUE, 2, "2"),
                row(Kind.EXCLUSIVE1, 3, "\"x\\\"y\""),
                row(Kind.DUPLICATE1, 4, "4"),
                row(Kind.DUPLICATE1, 4, "4"),
                row(Kind.EXCLUSIVE1, 4, "4")));

        // Then it waits
        awaitRecheck(diff);
        sweep();
        assertThat(tasks(diff)).hasSize(1);
        summary(diff).body("status", equalTo("running")).body("pks", nullValue());
        get(diff, "").then().statusCode(409).body("diff_status", equalTo("processing"));

        // When it is time
        isTime(diff);
        sweep();

        // Then a task names each key once
        CompareTask task = issued(diff, 2).get(1);
        assertThat(task.address()).isEqualTo(new TaskAddress(diff, 1, 3, 0));
        assertThat(task.common()).isEqualTo(Codec.toJson(Map.of("shared", true)));
        assertThat(task.body().path("kind").asText()).isEqualTo("recheck");
        assertThat(task.body().path("keys"))
                .extracting(key -> key.path("key").toString())
                .containsExactlyInAnyOrder("{\"id\":1}", "{\"id\":2}", "{\"id\":\"x\\\"y\"}", "{\"id\":4}");

        // When
        report(rechecked(task, key -> key.equals("4") || key.equals("2")));

        // Then the figures stay those of the first read
        await(() -> assertThat(status(diff)).isEqualTo("done"));
        summary(diff)
                .body("values.rows_with_differences", equalTo(2))
                .body("pks.exclusives", equalTo(List.of(2, 0)))
                .body("recheck.after_seconds", equalTo(AN_HOUR))
                .body("recheck.keys_rechecked", equalTo(4))
                .body("recheck.keys_remaining", equalTo(2))
                .body("recheck.by_kind", equalTo(Map.of("value", 1, "exclusive1", 1, "duplicate1", 1)))
                .body("recheck.complete", equalTo(true));
        diff(diff).body("diff_progress.completed_steps", equalTo(3)).body("diff_progress.total_steps", equalTo(3));
        get(diff, "")
                .then()
                .body("results.key.id.collect{it.toString()}", equalTo(List.of("1", "2", "x\"y", "4", "4", "4")))
                .body("results.remained", equalTo(List.of(false, true, false, true, true, true)));
        assertThat(client().accept("text/csv")
                        .get("/api/v1/datadiffs/" + diff + "/results?kind=value")
                        .asString()
                        .split("\r\n"))
                .containsExactly(
                        "kind,id,v_a,v_b,differs,shortened,remained",
                        "value,1,1,2,\"[\"\"v\"\"]\",,false",
                        "value,2,1,2,\"[\"\"v\"\"]\",,true");
    }

    @Test
    void readsAgainWithoutWaitingWhereItIsToldTo() {
        long diff = newDiff(0);
        plan(diff, 1, "v");
        report(finding(issued(diff, 1).get(0), row(Kind.VALUE, 1, "1")));
        report(rechecked(issued(diff, 2).get(1), key -> false));
        await(() -> assertThat(status(diff)).isEqualTo("done"));
        summary(diff)
                .body("recheck.keys_rechecked", equalTo(1))
                .body("recheck.keys_remaining", equalTo(0))
                .body("recheck.by_kind", equalTo(Map.of()));
    }

    @Test
    void doesNotWaitWhereNothingDiffers() {
        long diff = newDiff(AN_HOUR);
        plan(diff, 1, "v");
        report(done(issued(diff, 1).get(0), rows(5)));
        await(() -> assertThat(status(diff)).isEqualTo("done"));
        summary(diff)
                .body("recheck.keys_rechecked", equalTo(0))
                .body("recheck.keys_remaining", equalTo(0))
                .body("recheck.complete", equalTo(true));
    }

    @Test
    void readsNothingAgainWhereNobodyAsks() {
        long diff = newDiff((Integer) null);
        plan(diff, 1, "v");
        report(finding(issued(diff, 1).get(0), row(Kind.VALUE, 1, "1")));
        await(() -> assertThat(status(diff)).isEqualTo("done"));
        summary(diff).body("recheck", nullValue());
        assertThat(get(diff, "").asString()).doesNotContain("remained");
    }

    @Test
    void startsOnceAllStagesAreDone() {
        // Given a stage that leaves a residue, and the rows that the next one finds
        long diff = newDiff(0);
        plan(diff, 1, "v");
        Residue residue = Residue.zero(1, Codec.toJson(Map.of()));
        CompareTask first = issued(diff, 1).get(0);
        report(Report.TaskDone.draft(first.address(), 1, "w1", tally(), Effort.NONE)
                .residue(residue)
                .rows(List.of())
                .report());
        await(() -> assertThat(stageJobs(diff)).hasSize(1));
        Job.NextStage job = stageJobs(diff).get(0);
        report(new Report.StageMade(
                job.address(), 1, "w1", tally(), List.of(Codec.toJson(Map.of("later", 0))), Effort.NONE));

        // When
        report(finding(issued(diff, 2).get(1), row(Kind.EXCLUSIVE2, 1, "1")));

        // Then
        CompareTask recheck = issued(diff, 3).get(2);
        assertThat(recheck.address()).isEqualTo(new TaskAddress(diff, 1, 5, 0));
        report(rechecked(recheck, key -> true));
        await(() -> assertThat(status(diff)).isEqualTo("done"));
        summary(diff).body("recheck.by_kind", equalTo(Map.of("exclusive2", 1)));
    }

    @Test
    void readsAgainWhatThePlannerFoundItself() {
        long diff = newDiff(0);
        await(() -> assertThat(planningJobs(diff)).hasSize(1));
        Plan plan = planOf(0, "v");
        DifferingRow row = row(Kind.VALUE, 1, "1");
        report(new Report.PlanMade(
                TaskAddress.planning(diff, 1),
                1,
                "w1",
                Plan.draft(
                                plan.schema(),
                                plan.key(),
                                plan.comparedColumns(),
                                plan.algorithm(),
                                plan.common(),
                                List.of(),
                                tally(row))
                        .rows(List.of(row))
                        .plan(),
                Effort.NONE));
        CompareTask recheck = issued(diff, 1).get(0);
        assertThat(recheck.address()).isEqualTo(new TaskAddress(diff, 1, 1, 0));
        report(rechecked(recheck, key -> true));
        await(() -> assertThat(status(diff)).isEqualTo("done"));
        summary(diff).body("recheck.keys_remaining", equalTo(1));
    }

    @Test
    void letsGoOfSnapshotsBeforeItWaits() {
        // Given a diff whose plan holds something, which another worker has taken over
        long diff = newDiff(AN_HOUR);
        planned(diff, 1, planOf(1, "v"), true);
        CompareTask task = issued(diff, 1).get(0);
        report(alive(TaskAddress.holding(diff, 1), 1));
        report(new Report.TakenOver(TaskAddress.holding(diff, 1), 2, "w1", task.common()));
        report(alive(TaskAddress.holding(diff, 1), 2));
        settled();
        assertThat(controls(diff)).isEmpty();

        // When
        report(finding(task, row(Kind.VALUE, 1, "1")));

        // Then its holder hears of it, and hears it again when it did not
        Control letGo = new Control.StopTask(TaskAddress.holding(diff, 1), 2);
        await(() -> assertThat(controls(diff)).containsExactly(letGo));
        report(alive(TaskAddress.holding(diff, 1), 2));
        await(() -> assertThat(controls(diff)).containsExactly(letGo, letGo));

        // When somebody finds the snapshot gone
        Failure gone = new Failure(ErrorType.SOURCE_UNREACHABLE, "Gone.");
        report(new Report.TaskFailed(TaskAddress.holding(diff, 1), 2, "w1", gone).replan(true));
        report(new Report.TaskFailed(task.address(), 1, "w1", gone).replan(true));
        settled();
        sweep();

        // Then that is nobody's loss
        assertThat(planningJobs(diff)).hasSize(1);
        assertThat(status(diff)).isEqualTo("processing");
    }

    @Test
    void aTaskWhoseWorkerFellSilentIsSentAgain() {
        long diff = newDiff(0);
        plan(diff, 1, "v");
        report(finding(issued(diff, 1).get(0), row(Kind.VALUE, 1, "1")));
        CompareTask task = issued(diff, 2).get(1);
        report(alive(task.address(), 1));
        settled();
        expire(task.address());
        sweep();
        CompareTask again = issued(diff, 3).get(2);
        assertThat(again.attempt()).isEqualTo(2);
        assertThat(again.body()).isEqualTo(task.body());
    }

    @Test
    void mayBeCancelledWhileItWaits() {
        long diff = newDiff(AN_HOUR);
        plan(diff, 1, "v");
        report(finding(issued(diff, 1).get(0), row(Kind.VALUE, 1, "1")));
        awaitRecheck(diff);
        client().post("/api/v1/datadiffs/" + diff + "/cancel").then().body("status", equalTo("cancelled"));
        isTime(diff);
        sweep();
        settled();
        assertThat(tasks(diff)).hasSize(1);
    }

    @Test
    void cutsManyKeysIntoTasksAndLeavesOutTheLongest() {
        // Given ten keys of 60 kilobytes each, and one that is too long
        long diff = newDiff(0);
        plan(diff, 1, "v");
        List<DifferingRow> rows = IntStream.range(0, 10)
                .mapToObj(i -> row(Kind.EXCLUSIVE1, i, '"' + "k".repeat(60_000) + i + '"'))
                .collect(Collectors.toCollection(ArrayList::new));
        rows.add(row(Kind.EXCLUSIVE2, 10, '"' + "k".repeat(300_000) + '"'));

        // When
        report(finding(issued(diff, 1).get(0), rows.toArray(DifferingRow[]::new)));

        // Then
        List<CompareTask> tasks = issued(diff, 4).subList(1, 4);
        assertThat(tasks)
                .allSatisfy(task -> assertThat(Codec.encode(task).length).isLessThan(400_000));
        assertThat(tasks).extracting(task -> task.address().task()).containsExactlyInAnyOrder(0, 1, 2);
        assertThat(tasks).extracting(task -> task.body().path("keys").size()).containsExactlyInAnyOrder(4, 4, 2);

        // When
        tasks.forEach(task -> report(rechecked(task, key -> key.endsWith("7\""))));

        // Then
        await(() -> assertThat(status(diff)).isEqualTo("done"));
        summary(diff)
                .body("recheck.keys_rechecked", equalTo(10))
                .body("recheck.keys_remaining", equalTo(1))
                .body("recheck.complete", equalTo(false));
        get(diff, "?kind=exclusive1").then().body("complete", equalTo(true));
        get(diff, "?kind=exclusive2").then().body("results[0].remained", nullValue());
    }

    @Test
    void isNotCompleteWhereKeysHaveNulls() {
        long diff = newDiff(0);
        plan(diff, 1, "v");
        CompareTask task = issued(diff, 1).get(0);
        Tally nulls = new Tally(Sides.of(1, 0), Sides.of(1, 0), Sides.ZERO, Sides.ZERO, Sides.ZERO, 0, 0, List.of(0L));
        report(new Report.TaskDone(task.address(), 1, "w1", nulls, Effort.NONE));
        await(() -> assertThat(status(diff)).isEqualTo("done"));
        summary(diff).body("recheck.complete", equalTo(false));
    }

    private static Response get(long diff, String query) {
        return client().get("/api/v1/datadiffs/" + diff + "/results" + query);
    }

    private void awaitRecheck(long diff) {
        await(() -> diff(diff).body("diff_progress.total_steps", equalTo(3)));
    }

    private void isTime(long diff) {
        execute("update ledger_task set not_before = now() where diff = $1 and stage = 3", diff);
    }

    private static DifferingRow row(Kind kind, long rank, String id) {
        try {
            return Codec.fromJson(
                    Codec.mapper()
                            .readTree(
                                    "{\"kind\": \"%s\", \"rank\": %d, \"key\": {\"id\": %s}, \"values\": {\"v\": {\"a\": 1, \"b\": 2}}}"
                                            .formatted(kind.name().toLowerCase(Locale.ROOT), rank, id)),
                    DifferingRow.class);
        } catch (JsonProcessingException | UnreadableMessageException e) {
            throw new AssertionError(e);
        }
    }

    private static Report.TaskDone finding(CompareTask task, DifferingRow... rows) {
        return Report.TaskDone.draft(task.address(), 1, "w1", tally(rows), Effort.NONE)
                .rows(List.of(rows))
                .report();
    }

    private static Tally tally(DifferingRow... rows) {
        return new Tally(
                Sides.ZERO,
                Sides.ZERO,
                Sides.of(count(Kind.DUPLICATE1, rows), count(Kind.DUPLICATE2, rows)),
                Sides.ZERO,
                Sides.of(count(Kind.EXCLUSIVE1, rows), count(Kind.EXCLUSIVE2, rows)),
                rows.length,
                count(Kind.VALUE, rows),
                List.of(count(Kind.VALUE, rows)));
    }

    private static long count(Kind kind, DifferingRow... rows) {
        return Arrays.stream(rows).filter(row -> row.kind() == kind).count();
    }

    /** The answer to a recheck: those keys still differ whose id is like that. */
    private static Report.TaskDone rechecked(CompareTask task, Predicate<String> remains) {
        List<JsonNode> keys = StreamSupport.stream(task.body().path("keys").spliterator(), false)
                .toList();
        List<Long> remained = ids(keys, remains);
        List<Long> settled = ids(keys, remains.negate());
        return Report.TaskDone.draft(task.address(), task.attempt(), "w1", Tally.zero(1), Effort.NONE)
                .rechecked(new Rechecked(settled, remained))
                .report();
    }

    private static List<Long> ids(List<JsonNode> keys, Predicate<String> which) {
        return keys.stream()
                .filter(key -> which.test(key.path("key").path("id").toString()))
                .map(key -> key.path("id").asLong())
                .toList();
    }
}
