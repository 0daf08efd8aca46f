package io.parallax.api.ledger.retention;

import static org.assertj.core.api.Assertions.assertThat;

import io.parallax.api.LedgerScenario;
import io.parallax.contract.ErrorType;
import io.parallax.contract.message.CompareTask;
import io.parallax.contract.message.Report;
import io.parallax.contract.tally.Effort;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Diffs that have been over for long are deleted, and nothing else is. */
@QuarkusTest
class RetentionTest extends LedgerScenario {
    @Inject
    Retention retention;

    @Test
    void deletesWhatHasBeenOverForLongWithAllThatHangsOnIt() {
        long old = over();
        long young = over();
        long cancelled = newDiff();
        client().post("/api/v1/datadiffs/" + cancelled + "/cancel").then().statusCode(200);
        long live = newDiff();
        ended(old, 91);
        ended(cancelled, 91);
        ended(young, 89);
        execute("update diff set created_at = now() - interval '1 year' where id = $1", live);

        retention.once().await().atMost(PATIENCE);

        assertThat(code(old)).isEqualTo(404);
        assertThat(code(cancelled)).isEqualTo(404);
        assertThat(code(young)).isEqualTo(200);
        assertThat(status(live)).isIn("queued", "processing");
        for (String table : List.of("ledger_plan", "ledger_task", "ledger_result", "event", "differing_row")) {
            assertThat(one("select count(*) from " + table + " where diff = $1", Tuple.of(old), Long.class))
                    .as(table)
                    .isZero();
        }
    }

    @Test
    void goesOnUntilNothingIsLeft() {
        List<Long> many = new ArrayList<>();
        long pattern = over();
        IntStream.range(0, 350)
                .forEach(i -> many.add(one(
                        """
                        insert into diff (user_id, data_source1_id, data_source2_id, request, spec, ignored_fields, status,
                                          plan, tally, created_at, updated_at, finished_at)
                        select user_id, data_source1_id, data_source2_id, request, spec, ignored_fields, status,
                               plan, tally, created_at, updated_at, now() - interval '1 year' from diff where id = $1
                        returning id""",
                        Tuple.of(pattern),
                        Long.class)));
        retention.once().await().atMost(PATIENCE);
        assertThat(one("select count(*) from diff where id = any($1)", Tuple.of(many.toArray(Long[]::new)), Long.class))
                .isZero();
    }

    /** Workers may be late by any time. */
    @Test
    void takesReportsOnWhatIsGone() {
        long diff = newDiff();
        planned(diff, 1, planOf(2, "v"), null);
        List<CompareTask> tasks = issued(diff, 2);
        report(failed(tasks.get(0).address(), 1, ErrorType.QUERY_ERROR));
        await(() -> assertThat(status(diff)).isEqualTo("failed"));
        ended(diff, 100);
        retention.once().await().atMost(PATIENCE);

        report(alive(tasks.get(1).address(), 1));
        report(new Report.TaskDone(tasks.get(1).address(), 1, "w1", rows(1), Effort.NONE));
        settled();
        assertThat(code(diff)).isEqualTo(404);
    }

    private long over() {
        long diff = newDiff();
        plan(diff, 0, "a");
        await(() -> assertThat(status(diff)).isEqualTo("done"));
        return diff;
    }

    private void ended(long diff, int daysAgo) {
        execute("update diff set finished_at = now() - make_interval(days => $2) where id = $1", diff, daysAgo);
    }

    private static int code(long diff) {
        return client().get("/api/v1/datadiffs/" + diff).statusCode();
    }
}
