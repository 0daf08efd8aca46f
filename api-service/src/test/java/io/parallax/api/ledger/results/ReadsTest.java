package io.parallax.api.ledger.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import io.parallax.api.LedgerScenario;
import io.parallax.contract.message.CompareTask;
import io.parallax.contract.message.Report;
import io.parallax.contract.tally.Effort;
import io.parallax.contract.tally.Reading;
import io.parallax.contract.tally.Reads;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a diff says about how its sides were read. */
@QuarkusTest
class ReadsTest extends LedgerScenario {
    private static final long MOMENT = 1_700_000_000_000_000L;

    @Test
    void tellsWhatAllTasksTogetherHaveRead() {
        // Given
        long diff = newDiff();
        plan(diff, 3, "a");
        List<CompareTask> tasks = issued(diff, 3);

        // When A is read in one snapshot, and B in several
        report(reading(tasks.get(0), new Reads(new Reading("s", MOMENT, MOMENT + 5), null)));
        report(reading(tasks.get(1), new Reads(null, new Reading("t", MOMENT + 7, MOMENT + 8))));
        report(reading(
                tasks.get(2),
                new Reads(new Reading("s", MOMENT - 1, MOMENT + 2), new Reading("u", MOMENT + 1, MOMENT + 2))));

        // Then
        await(() -> assertThat(status(diff)).isEqualTo("done"));
        summary(diff)
                .body("reads.consistency", equalTo(List.of("snapshot", "statements")))
                .body(
                        "reads.from",
                        equalTo(List.of("2023-11-14T22:13:19.999999+00:00", "2023-11-14T22:13:20.000001+00:00")))
                .body(
                        "reads.to",
                        equalTo(List.of("2023-11-14T22:13:20.000005+00:00", "2023-11-14T22:13:20.000008+00:00")));
    }

    @Test
    void saysNothingWhereWorkersSaidNothing() {
        long diff = newDiff();
        plan(diff, 1, "a");
        report(done(issued(diff, 1).get(0), rows(1)));
        await(() -> assertThat(status(diff)).isEqualTo("done"));
        summary(diff).body("reads", nullValue());
    }

    private static Report.TaskDone reading(CompareTask task, Reads reads) {
        return new Report.TaskDone(task.address(), 1, "w1", rows(1), Effort.NONE.reading(reads));
    }
}
