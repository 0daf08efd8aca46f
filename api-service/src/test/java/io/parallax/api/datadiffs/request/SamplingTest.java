package io.parallax.api.datadiffs.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parallax.api.LedgerScenario;
import io.parallax.contract.Codec;
import io.parallax.contract.ErrorType;
import io.parallax.contract.Failure;
import io.parallax.contract.message.Job;
import io.parallax.contract.message.Plan;
import io.parallax.contract.message.Report;
import io.parallax.contract.message.Sample;
import io.parallax.contract.tally.DifferingRow;
import io.parallax.contract.tally.Effort;
import io.parallax.contract.tally.Reading;
import io.parallax.contract.tally.Reads;
import io.parallax.contract.tally.Sides;
import io.parallax.contract.tally.Tally;
import io.parallax.contract.tally.Timeline;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A plan that counts keys, and the one after it that is told and counts values. */
@QuarkusTest
class SamplingTest extends LedgerScenario {
    private static final Tally KEYS = new Tally(
            Sides.of(1000, 1001), Sides.ZERO, Sides.ZERO, Sides.of(1000, 1001), Sides.of(0, 1), 1000, 0, List.of(0L));

    private static long sampledDiff() {
        return newDiff(Map.of("sampling_ratio", 0.1)).extract().jsonPath().getLong("id");
    }

    private void planned(
            long diff, int number, int tasks, Tally settled, @Nullable Boolean keysOnly, @Nullable Sample sample) {
        await(() -> assertThat(planningJobs(diff)).hasSize(number));
        Plan plan = planOf(tasks, "v");
        report(new Report.PlanMade(
                planningJobs(diff).get(number - 1).address(),
                1,
                "w1",
                Plan.draft(
                                plan.schema(),
                                plan.key(),
                                plan.comparedColumns(),
                                plan.algorithm(),
                                plan.common(),
                                plan.tasks(),
                                settled)
                        .keysOnly(keysOnly)
                        .sample(sample)
                        .plan(),
                Effort.NONE.reading(reads(10 * number))));
    }

    private static Reads reads(long from) {
        return new Reads(new Reading(null, from, from + 5), new Reading(null, from, from + 5));
    }

    private static DifferingRow row(DifferingRow.Kind kind, long key) {
        ObjectNode json = (ObjectNode) Codec.toJson(Map.of("id", key));
        return new DifferingRow(kind, key, json, (ObjectNode) Codec.toJson(Map.of()), null);
    }

    private void reportDone(long diff, int task, Tally tally, DifferingRow row) {
        await(() -> assertThat(tasks(diff)).hasSizeGreaterThan(task));
        report(Report.TaskDone.draft(tasks(diff).get(task).address(), 1, "w1", tally, Effort.NONE)
                .rows(List.of(row))
                .report());
    }

    @Test
    void tellsTheSecondPlanWhatTheFirstCounted() {
        long diff = sampledDiff();
        planned(diff, 1, 1, Tally.zero(1), true, null);
        reportDone(diff, 0, KEYS, row(DifferingRow.Kind.EXCLUSIVE2, 7));

        await(() -> assertThat(planningJobs(diff)).hasSize(2));
        Job.PlanDiff second = planningJobs(diff).get(1);
        assertThat(second.keys()).isEqualTo(KEYS);
        assertThat(second.address().plan()).isEqualTo(2);
        assertThat(status(diff)).isNotEqualTo("done");

        planned(diff, 2, 1, KEYS.ofKeys(1), null, new Sample(0.1, 95, 1000));
        reportDone(
                diff,
                1,
                new Tally(Sides.ZERO, Sides.ZERO, Sides.ZERO, Sides.ZERO, Sides.ZERO, 100, 2, List.of(2L)),
                row(DifferingRow.Kind.VALUE, 8));
        await(() -> assertThat(status(diff)).isEqualTo("done"));

        summary(diff)
                .body("pks.total_rows", equalTo(List.of(1000, 1001)))
                .body("pks.exclusives", equalTo(List.of(0, 1)))
                .body("values.total_rows", equalTo(100))
                .body("values.rows_with_differences", equalTo(2))
                .body("values.sampled", equalTo(true))
                .body("values.sampling_ratio", equalTo(0.1f))
                .body("values.columns_diff_stats[0].values_different_estimate.value", equalTo(2))
                .body("values.columns_diff_stats[0].values_different_estimate.estimate", equalTo(20))
                .body("reads[0].from", equalTo("1970-01-01T00:00:00.000010+00:00"))
                .body("reads[0].to", equalTo("1970-01-01T00:00:00.000025+00:00"));
        diff(diff).body("diff_stats.sampled", equalTo(true));
        client().get("/api/v1/datadiffs/" + diff + "/results")
                .then()
                .body("results.kind", equalTo(List.of("value", "exclusive2")))
                .body("complete", equalTo(false));
    }

    @Test
    void showsNoEstimateWhereAllValuesWereCompared() {
        long diff = sampledDiff();
        planned(diff, 1, 0, KEYS, true, null);
        planned(
                diff,
                2,
                0,
                KEYS.ofKeys(1)
                        .plus(new Tally(
                                Sides.ZERO, Sides.ZERO, Sides.ZERO, Sides.ZERO, Sides.ZERO, 1000, 0, List.of(0L))),
                null,
                null);
        await(() -> assertThat(status(diff)).isEqualTo("done"));
        summary(diff)
                .body("values.total_rows", equalTo(1000))
                .body("values.sampled", nullValue())
                .body("values.columns_diff_stats[0].values_different_estimate", nullValue());
        diff(diff).body("diff_stats.sampled", equalTo(false));
    }

    @Test
    void readsNotAllKeysAgainThatMayDiffer() {
        long diff = newDiff(Map.of("sampling_ratio", 0.1, "recheck", 0))
                .extract()
                .jsonPath()
                .getLong("id");
        Tally same = rows(1000);
        planned(diff, 1, 0, same, true, null);
        planned(diff, 2, 0, same.ofKeys(1), null, new Sample(0.1, 95, 1000));
        await(() -> assertThat(status(diff)).isEqualTo("done"));
        summary(diff).body("recheck.keys_rechecked", equalTo(0)).body("recheck.complete", equalTo(false));
    }

    @Test
    void startsOverWithKeysWhenTheSecondPlanIsLost() {
        long diff = sampledDiff();
        planned(diff, 1, 1, Tally.zero(1), true, null);
        reportDone(diff, 0, KEYS, row(DifferingRow.Kind.EXCLUSIVE2, 7));
        planned(diff, 2, 1, KEYS.ofKeys(1), null, new Sample(0.1, 95, 1000));
        await(() -> assertThat(tasks(diff)).hasSize(2));
        report(new Report.TaskFailed(
                        tasks(diff).get(1).address(),
                        1,
                        "w1",
                        new Failure(ErrorType.SOURCE_UNREACHABLE, "The snapshot is gone."))
                .replan(true));
        await(() -> assertThat(planningJobs(diff)).hasSize(3));
        assertThat(planningJobs(diff).get(2).keys()).isNull();

        planned(diff, 3, 1, Tally.zero(1), true, null);
        reportDone(diff, 2, KEYS, row(DifferingRow.Kind.EXCLUSIVE2, 9));
        planned(diff, 4, 0, KEYS.ofKeys(1), null, new Sample(0.1, 95, 1000));
        await(() -> assertThat(status(diff)).isEqualTo("done"));
        client().get("/api/v1/datadiffs/" + diff + "/results")
                .then()
                .body("results", hasSize(1))
                .body("results[0].key.id", equalTo(9));
    }

    @Test
    void goesOnWithTheKeyThatWasFound() {
        long diff = newDiff(Map.of("pk_columns", List.of(), "infer_pk", true, "sampling_ratio", 0.1))
                .extract()
                .jsonPath()
                .getLong("id");
        planned(diff, 1, 0, KEYS, true, null);
        await(() -> assertThat(planningJobs(diff)).hasSize(2));
        assertThat(planningJobs(diff).get(0).spec().keySearch()).isNotNull();
        assertThat(planningJobs(diff).get(1).spec().keySearch()).isNull();
        assertThat(planningJobs(diff).get(1).spec().key()).containsExactly("id");
        assertThat(planningJobs(diff).get(1).spec().sampling())
                .isEqualTo(planningJobs(diff).get(0).spec().sampling());
    }

    @Test
    void failsDiffsOfTooManyTimes() {
        long diff = newDiff(newSource(""), newSource(""));
        plan(diff, 2, "v");
        await(() -> assertThat(tasks(diff)).hasSize(2));
        for (int task = 0; task < 2; task++) {
            long from = 4000L * task;
            report(Report.TaskDone.draft(tasks(diff).get(task).address(), 1, "w1", rows(4000), Effort.NONE)
                    .timeline(new Timeline(LongStream.range(from, from + 4000)
                            .mapToObj(start -> new Timeline.Bucket(start, 1, 0, 0, List.of()))
                            .toList()))
                    .report());
        }
        await(() -> assertThat(status(diff)).isEqualTo("failed"));
        summary(diff)
                .body("error.error_type", equalTo("Unsupported"))
                .body("error.error_value", org.hamcrest.Matchers.containsString("more than 5000 buckets"));
    }
}
