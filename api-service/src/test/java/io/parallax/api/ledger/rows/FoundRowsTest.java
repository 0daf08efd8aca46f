package io.parallax.api.ledger.rows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parallax.api.ServiceTest;
import io.parallax.contract.ErrorType;
import io.parallax.contract.Failure;
import io.parallax.contract.message.CompareTask;
import io.parallax.contract.message.Plan;
import io.parallax.contract.message.Report;
import io.parallax.contract.message.TaskAddress;
import io.parallax.contract.tally.DifferingRow;
import io.parallax.contract.tally.DifferingRow.Kind;
import io.parallax.contract.tally.Effort;
import io.parallax.contract.tally.Sides;
import io.parallax.contract.tally.Tally;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.vertx.mutiny.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Which rows that differ the ledger keeps, with the test as all workers; the store is set to keep 10 of each kind. */
@QuarkusTest
class FoundRowsTest extends ServiceTest {
    private static final int MOST = 10;
    private static final List<String> COLUMNS = List.of("a", "b", "c");

    private final Random random = new Random(5);

    private static long newDiff() {
        long source = newSource("");
        return newDiff(source, source);
    }

    private static DifferingRow value(long rank, String... columns) {
        ObjectNode values = object();
        for (String column : columns) {
            values.set(column, object().put("a", "x").put("b", "y"));
        }
        return new DifferingRow(Kind.VALUE, rank, object().put("id", rank), values);
    }

    private static DifferingRow other(Kind kind, long rank) {
        return new DifferingRow(kind, rank, object().put("id", rank), object().set("a", object().put("a", "x")));
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    private static Tally tally(List<DifferingRow> rows) {
        return new Tally(
                Sides.of(rows.size(), rows.size()),
                Sides.ZERO,
                Sides.of(count(rows, Kind.DUPLICATE1), count(rows, Kind.DUPLICATE2)),
                Sides.of(rows.size(), rows.size()),
                Sides.of(count(rows, Kind.EXCLUSIVE1), count(rows, Kind.EXCLUSIVE2)),
                rows.size(),
                count(rows, Kind.VALUE),
                COLUMNS.stream()
                        .map(column -> rows.stream()
                                .filter(row -> differs(row, column))
                                .count())
                        .toList());
    }

    private static long count(List<DifferingRow> rows, Kind kind) {
        return rows.stream().filter(row -> row.kind() == kind).count();
    }

    private static boolean differs(DifferingRow row, String column) {
        return row.kind() == Kind.VALUE && row.values().has(column);
    }

    private static Report.TaskDone done(CompareTask task, List<DifferingRow> rows) {
        return Report.TaskDone.draft(task.address(), task.attempt(), "w1", tally(rows), Effort.NONE)
                .rows(rows)
                .report();
    }

    private static ValidatableResponse results(long diff) {
        return client().get("/api/v1/datadiffs/" + diff + "/results?limit=1000")
                .then()
                .statusCode(200);
    }

    private static List<Long> ranks(long diff) {
        return results(diff).extract().jsonPath().getList("results.key.id", Long.class);
    }

    private long stored(long diff, String table) {
        return one("select count(*) from " + table + " where diff = $1", Tuple.of(diff), Long.class);
    }

    /** A diff whose tasks found these rows. */
    private long diffThatFound(List<List<DifferingRow>> tasks) {
        long diff = newDiff();
        plan(diff, tasks.size(), COLUMNS.toArray(String[]::new));
        for (int i = 0; i < tasks.size(); i++) {
            int sent = i + 1;
            await(() -> assertThat(tasks(diff)).hasSizeGreaterThanOrEqualTo(sent));
            CompareTask task = tasks(diff).get(i);
            report(done(task, tasks.get(task.address().task())));
        }
        await(() -> assertThat(status(diff)).isEqualTo("done"));
        return diff;
    }

    @Test
    void keepsAllRowsOfAFewTasks() {
        // When
        long diff = diffThatFound(List.of(
                List.of(value(3, "a", "b"), other(Kind.EXCLUSIVE2, -4)),
                List.of(value(-7, "c"), other(Kind.DUPLICATE1, 1), other(Kind.DUPLICATE1, 1)),
                List.of()));

        // Then
        results(diff)
                .body("complete", equalTo(true))
                .body("next_cursor", equalTo(null))
                .body("results.kind", equalTo(List.of("value", "value", "exclusive2", "duplicate1", "duplicate1")))
                .body("results[1].values.a.b", equalTo("y"));
        assertThat(ranks(diff)).containsExactly(-7L, 3L, -4L, 1L, 1L);
    }

    @Test
    void keepsWhatThePlannerFound() {
        // Given
        long diff = newDiff();
        await(() -> assertThat(planningJobs(diff)).hasSize(1));
        Plan plan = planOf(1, "a", "b", "c");
        List<DifferingRow> rows = List.of(value(3, "a"));
        Plan found = Plan.draft(
                        plan.schema(),
                        plan.key(),
                        plan.comparedColumns(),
                        "direct",
                        plan.common(),
                        plan.tasks(),
                        tally(rows))
                .rows(rows)
                .plan();

        // When it comes twice
        TaskAddress address = TaskAddress.planning(diff, 1);
        report(new Report.PlanMade(address, 1, "w1", found, Effort.NONE));
        report(new Report.PlanMade(address, 1, "w2", found, Effort.NONE));
        await(() -> assertThat(tasks(diff)).hasSize(1));

        // Then nothing is shown before the diff is done
        client().get("/api/v1/datadiffs/" + diff + "/results").then().statusCode(409);
        report(done(tasks(diff).get(0), List.of(value(2, "b"))));
        await(() -> assertThat(status(diff)).isEqualTo("done"));
        assertThat(ranks(diff)).containsExactly(2L, 3L);
        results(diff).body("complete", equalTo(true));
    }

    @Test
    void takesTheRowsOfTheFirstResultOnly() {
        // Given
        long diff = newDiff();
        plan(diff, 2, "a", "b", "c");
        await(() -> assertThat(tasks(diff)).hasSize(2));

        // When
        report(done(tasks(diff).get(0), List.of(value(1, "a"))));
        report(done(tasks(diff).get(0), List.of(value(2, "a"))));
        report(done(tasks(diff).get(1), List.of()));

        // Then
        await(() -> assertThat(status(diff)).isEqualTo("done"));
        assertThat(ranks(diff)).containsExactly(1L);
    }

    @Test
    void keepsTheLowestRanksOfEachKindAndColumn() {
        for (int trial = 0; trial < 5; trial++) {
            // Given
            List<List<DifferingRow>> tasks = randomTasks(1 + random.nextInt(20));
            List<DifferingRow> all = tasks.stream().flatMap(List::stream).toList();

            // When
            long diff = diffThatFound(tasks);

            // Then
            List<Long> expected = lowest(all);
            assertThat(ranks(diff)).isEqualTo(expected);
            results(diff).body("complete", equalTo(expected.size() == all.size()));
            summary(diff).body("values.rows_with_differences", equalTo((int) count(all, Kind.VALUE)));
            assertThat(stored(diff, "differing_limit")).isZero();
        }
    }

    private List<List<DifferingRow>> randomTasks(int count) {
        List<Long> ranks = new ArrayList<>(LongStream.range(-500, 500).boxed().toList());
        Collections.shuffle(ranks, random);
        List<List<DifferingRow>> tasks = new ArrayList<>();
        for (int task = 0; task < count; task++) {
            List<DifferingRow> rows = new ArrayList<>();
            for (int i = random.nextInt(40); i >= 0; i--) {
                rows.add(randomRow(ranks.remove(0)));
            }
            rows.sort(Comparator.comparingLong(DifferingRow::rank));
            tasks.add(rows);
        }
        return tasks;
    }

    private DifferingRow randomRow(long rank) {
        Kind kind = Kind.values()[random.nextInt(Kind.values().length)];
        String[] some = IntStream.range(0, COLUMNS.size())
                .filter(column -> random.nextInt(column + 1) == 0)
                .mapToObj(COLUMNS::get)
                .toArray(String[]::new);
        return kind == Kind.VALUE ? value(rank, some) : other(kind, rank);
    }

    private static List<Long> lowest(List<DifferingRow> all) {
        List<DifferingRow> ordered = all.stream()
                .sorted(Comparator.comparing(DifferingRow::kind).thenComparing(DifferingRow::rank))
                .toList();
        Set<DifferingRow> kept = new HashSet<>();
        for (Kind kind : Kind.values()) {
            ordered.stream().filter(row -> row.kind() == kind).limit(MOST).forEach(kept::add);
        }
        for (String column : COLUMNS) {
            ordered.stream().filter(row -> differs(row, column)).limit(MOST).forEach(kept::add);
        }
        return ordered.stream().filter(kept::contains).map(DifferingRow::rank).toList();
    }

    @Test
    void isNotCompleteWhenAWorkerKeptLessThanItCounted() {
        // Given
        long diff = newDiff();
        plan(diff, 1, "a", "b", "c");
        await(() -> assertThat(tasks(diff)).hasSize(1));

        // When
        TaskAddress address = tasks(diff).get(0).address();
        List<DifferingRow> found = List.of(value(1, "a"), value(2, "a"));
        report(Report.TaskDone.draft(address, 1, "w1", tally(found), Effort.NONE)
                .rows(List.of(found.get(0)))
                .report());

        // Then
        await(() -> assertThat(status(diff)).isEqualTo("done"));
        results(diff).body("results", hasSize(1)).body("complete", equalTo(false));
    }

    @Test
    void aDiffWithoutDifferencesIsComplete() {
        long diff = diffThatFound(List.of(List.of()));
        results(diff)
                .body("results", hasSize(0))
                .body("complete", equalTo(true))
                .body("next_cursor", equalTo(null));
    }

    @Test
    void forgetsTheRowsOfADiffThatFailsOrIsCancelled() {
        for (boolean cancel : new boolean[] {true, false}) {
            // Given
            long diff = newDiff();
            plan(diff, 3, "a", "b", "c");
            await(() -> assertThat(tasks(diff)).hasSize(3));
            List<DifferingRow> many =
                    LongStream.range(0, 30).mapToObj(rank -> value(rank, "a")).toList();
            report(done(tasks(diff).get(0), many));
            report(done(tasks(diff).get(1), many));
            await(() -> assertThat(stored(diff, "differing_limit")).isEqualTo(2));
            assertThat(stored(diff, "differing_row")).isEqualTo(MOST);

            // When
            if (cancel) {
                client().post("/api/v1/datadiffs/" + diff + "/cancel").then().statusCode(200);
            } else {
                report(new Report.TaskFailed(
                        tasks(diff).get(2).address(), 1, "w1", new Failure(ErrorType.QUERY_ERROR, "It went wrong.")));
            }

            // Then
            await(() -> assertThat(status(diff)).isIn("failed", "cancelled"));
            assertThat(stored(diff, "differing_row")).isZero();
            assertThat(stored(diff, "differing_limit")).isZero();
            client().get("/api/v1/datadiffs/" + diff + "/results").then().statusCode(409);

            // And a result that comes too late leaves nothing
            report(done(tasks(diff).get(2), many));
            diffThatFound(List.of());
            assertThat(stored(diff, "differing_row")).isZero();
        }
    }

    @Test
    void forgetsTheRowsOfEarlierPlans() {
        // Given a diff that was planned anew after it had found something
        long diff = newDiff();
        plan(diff, 1, "a", "b", "c");
        await(() -> assertThat(tasks(diff)).hasSize(1));
        execute(
                "insert into differing_row (diff, kind, rank, plan, key, row_values, columns)"
                        + " values ($1, 'value', 1, 0, '{\"id\": 1}', '{}', '{}')",
                diff);
        execute("insert into ledger_task (diff, plan, stage, task) values ($1, 2, 0, 0)", diff);
        execute("update diff set plan = 2 where id = $1", diff);

        // When
        report(new Report.PlanMade(TaskAddress.planning(diff, 2), 1, "w1", planOf(0, "a", "b", "c"), Effort.NONE));

        // Then
        await(() -> assertThat(status(diff)).isEqualTo("done"));
        assertThat(stored(diff, "differing_row")).isZero();
        results(diff).body("complete", equalTo(true));
    }

    @Test
    void takesColumnsOfAnyName() {
        // Given
        String[] names = {"it's", "b\"c", "d\\e", "{f,g}", "h i", "ü,", "NULL"};
        long diff = newDiff();
        plan(diff, 1, names);
        await(() -> assertThat(tasks(diff)).hasSize(1));
        TaskAddress address = tasks(diff).get(0).address();
        Tally tally = new Tally(
                Sides.of(1, 1),
                Sides.ZERO,
                Sides.ZERO,
                Sides.of(1, 1),
                Sides.ZERO,
                1,
                1,
                Collections.nCopies(names.length, 1L));

        // When
        report(Report.TaskDone.draft(address, 1, "w1", tally, Effort.NONE)
                .rows(List.of(value(1, names)))
                .report());

        // Then
        await(() -> assertThat(status(diff)).isEqualTo("done"));
        Arrays.stream(names).forEach(name -> client().queryParam("column", name)
                .get("/api/v1/datadiffs/" + diff + "/results")
                .then()
                .statusCode(200)
                .body("results", hasSize(1)));
    }
}
