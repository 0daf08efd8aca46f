package io.parallax.api.ledger.completion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;

import io.parallax.api.LedgerScenario;
import io.parallax.contract.message.CompareTask;
import io.parallax.contract.message.Plan;
import io.parallax.contract.message.Report;
import io.parallax.contract.message.TaskAddress;
import io.parallax.contract.tally.Effort;
import io.parallax.contract.tally.Note;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a diff says that its reader must know. */
@QuarkusTest
class NotesTest extends LedgerScenario {
    private static final Note PLAIN = Note.of("Row security is active.");

    private static Note odd(long count) {
        return Note.counting(count, "value was odd.", "values were odd.");
    }

    @Test
    void tellsThemFromThePlanOnAndCountsThemOverAllTasks() {
        // Given
        long diff = newDiff();
        planned(diff, noting(planOf(3, "a"), false, PLAIN, odd(1)));
        List<CompareTask> tasks = issued(diff, 3);
        client().get("/api/v1/datadiffs/" + diff)
                .then()
                .body("notes", equalTo(List.of("Row security is active.", "1 value was odd.")));

        // When
        report(noting(tasks.get(0), List.of(odd(2))));
        report(noting(tasks.get(1), null));
        report(noting(tasks.get(2), List.of(odd(40), PLAIN)));
        report(noting(tasks.get(2), List.of(odd(40), PLAIN)));

        // Then
        await(() -> assertThat(status(diff)).isEqualTo("done"));
        List<String> all = List.of("Row security is active.", "43 values were odd.");
        client().get("/api/v1/datadiffs/" + diff).then().body("notes", equalTo(all));
        client().get("/api/v1/datadiffs/" + diff + "/summary")
                .then()
                .body("notes", equalTo(all))
                .body("feedback", endsWith(" " + String.join(" ", all)));
    }

    @Test
    void keepsThoseOfThePlanThatCountedTheKeys() {
        long diff = newDiff();
        planned(diff, noting(planOf(1, "a"), true, PLAIN));
        report(noting(issued(diff, 1).get(0), List.of(odd(3))));
        await(() -> assertThat(planningJobs(diff)).hasSize(2));

        report(new Report.PlanMade(
                TaskAddress.planning(diff, 2), 1, "w1", noting(planOf(0, "a"), false, PLAIN, odd(2)), Effort.NONE));

        await(() -> assertThat(status(diff)).isEqualTo("done"));
        client().get("/api/v1/datadiffs/" + diff)
                .then()
                .body("notes", equalTo(List.of("Row security is active.", "3 values were odd.")));
    }

    @Test
    void hasNoneWhereNobodyNotedAnything() {
        long diff = newDiff();
        plan(diff, 0, "a");
        await(() -> assertThat(status(diff)).isEqualTo("done"));
        client().get("/api/v1/datadiffs/" + diff).then().body("notes", equalTo(List.of()));
        client().get("/api/v1/datadiffs/" + diff + "/summary").then().body("notes", equalTo(List.of()));
    }

    private void planned(long diff, Plan plan) {
        await(() -> assertThat(planningJobs(diff)).isNotEmpty());
        report(new Report.PlanMade(TaskAddress.planning(diff, 1), 1, "w1", plan, Effort.NONE));
        await(() -> assertThat(status(diff)).isIn("processing", "done"));
    }

    private static Plan noting(Plan plan, boolean keysOnly, Note... notes) {
        return Plan.draft(
                        plan.schema(),
                        plan.key(),
                        plan.comparedColumns(),
                        plan.algorithm(),
                        plan.common(),
                        plan.tasks(),
                        plan.settled())
                .keysOnly(keysOnly ? true : null)
                .notes(List.of(notes))
                .plan();
    }

    private static Report.TaskDone noting(CompareTask task, @Nullable List<Note> notes) {
        return Report.TaskDone.draft(task.address(), 1, "w1", rows(1), Effort.NONE)
                .notes(notes)
                .report();
    }
}
