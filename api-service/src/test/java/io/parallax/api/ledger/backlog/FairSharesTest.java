package io.parallax.api.ledger.backlog;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.parallax.api.LedgerScenario;
import io.parallax.api.StoreForTests;
import io.parallax.contract.message.Report;
import io.parallax.contract.message.TaskAddress;
import io.parallax.contract.tally.Effort;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who is let in when more diffs come than workers can soon take up, with room for eight and two more. */
@QuarkusTest
@TestProfile(FairSharesTest.Crowded.class)
class FairSharesTest extends LedgerScenario {
    private static final int QUEUE = 8;
    private static final int MANY = 30;

    /** The store of all tests, with little room in front of the workers. */
    public static final class Crowded implements QuarkusTestProfile {
        @Override
        public List<TestResourceEntry> testResources() {
            return List.of(new TestResourceEntry(
                    StoreForTests.class, Map.of("parallax.ledger.queue", Integer.toString(QUEUE))));
        }

        @Override
        public boolean disableGlobalTestResources() {
            return true;
        }
    }

    @BeforeEach
    void endAll() {
        execute(
                """
                update diff set status = 'cancelled', deferred = false, finished_at = now()
                where status in ('waiting', 'queued', 'processing')""");
        sweep();
    }

    private static List<Long> newDiffs(int count, long source1, long source2) {
        return LongStream.range(0, count)
                .map(i -> newDiff(source1, source2))
                .boxed()
                .toList();
    }

    /** Which of them workers have been asked for. */
    private List<Long> asked(List<Long> diffs) {
        return diffs.stream().filter(diff -> !planningJobs(diff).isEmpty()).toList();
    }

    private void awaitAsked(List<Long> of, Long... diffs) {
        await(() -> assertThat(asked(of)).containsExactly(diffs));
        Stream.of(diffs).forEach(diff -> await(() -> assertThat(status(diff)).isIn("queued", "processing", "done")));
    }

    private List<Long> fillQueue(long source1, long source2) {
        List<Long> many = newDiffs(MANY, source1, source2);
        sweep();
        awaitAsked(many, many.subList(0, QUEUE).toArray(Long[]::new));
        return many;
    }

    private void begin(long diff) {
        report(alive(TaskAddress.planning(diff, 1), 1));
        await(() -> assertThat(status(diff)).isEqualTo("processing"));
    }

    @Test
    void nobodyStandsBehindAllTheDiffsOfAnotherSource() {
        // Given
        long slow = newSource("");
        List<Long> many = fillQueue(slow, slow);

        // When, then: without a sweep, and though the queue is full
        long other = newDiff();
        awaitAsked(List.of(other), other);

        // Nor where one of the sources is the same.
        long half = newDiff(slow, newSource(""));
        awaitAsked(List.of(half), half);
        sweep();
        assertThat(asked(many)).hasSize(QUEUE);
    }

    @Test
    void sourcesTakeTurns() {
        // Given
        long slow = newSource("");
        List<Long> many = fillQueue(slow, slow);
        long source = newSource("");
        List<Long> others = newDiffs(6, source, source);
        awaitAsked(others, others.get(0), others.get(1));

        // When there is room for one more, again and again
        for (int i = 0; i < 4; i++) {
            begin(many.get(i));
        }

        // Then it is for those that have less
        await(() -> assertThat(asked(others)).hasSizeGreaterThanOrEqualTo(4));
        assertThat(asked(many)).hasSize(QUEUE);

        // When they have as much as they want
        for (int i = 4; i < QUEUE; i++) {
            begin(many.get(i));
        }
        others.subList(0, 4).forEach(this::begin);
        sweep();

        // Then the others go on
        await(() -> assertThat(asked(others)).hasSize(6));
        await(() -> assertThat(asked(many)).hasSizeGreaterThan(QUEUE));
    }

    @Test
    void keysTakeTurns() {
        // Given
        long source = newSource("");
        List<Long> many = fillQueue(source, source);

        // When
        long other = newDiffAs(newKey(null), source);

        // Then
        awaitAsked(List.of(other), other);
        assertThat(asked(many)).hasSize(QUEUE);
    }

    @Test
    void aKeyHasNoMoreThanItsShare() {
        // Given
        JsonPath key = newKey(2);
        List<Long> diffs =
                Stream.generate(() -> newDiffAs(key, newSource(""))).limit(3).toList();
        long limited = newDiffAs(key, newSource(", \"max_allowed_connections\": 10"));
        sweep();
        awaitAsked(diffs, diffs.get(0), diffs.get(1));
        assertThat(asked(List.of(limited))).isEmpty();

        // When one is over
        report(new Report.PlanMade(TaskAddress.planning(diffs.get(0), 1), 1, "w1", planOf(0, "a"), Effort.NONE));

        // Then the next one is begun
        awaitAsked(diffs, diffs.toArray(Long[]::new));
        sweep();
        assertThat(asked(List.of(limited))).isEmpty();

        // When the key may have as many as come
        client().body("{\"max_active_diffs\": null}")
                .patch("/api/v1/api_keys/" + key.getLong("id"))
                .then()
                .statusCode(200);
        sweep();

        // Then so it is
        awaitAsked(List.of(limited), limited);
    }

    /** Only so many are looked at each time. */
    @Test
    void nobodyStandsBehindAllTheSourcesOfAnotherKey() {
        // Given
        JsonPath key = newKey(1);
        long begun = newDiffAs(key, newSource(""));
        awaitAsked(List.of(begun), begun);
        execute(
                """
                insert into diff (user_id, data_source1_id, data_source2_id, request, spec, ignored_fields, status, plan,
                                  created_at, updated_at, deferred)
                select d.user_id, 1, g, d.request, d.spec, d.ignored_fields, 'waiting', 1, now(), now(), true
                from diff d, generate_series(1, 300) g where d.id = $1""",
                begun);

        // When
        long other = newDiff();
        sweep();
        sweep();

        // Then
        awaitAsked(List.of(other), other);
    }

    private static JsonPath newKey(Integer mostDiffs) {
        return client().body("{\"name\": \"for a test\", \"role\": \"write\", \"max_active_diffs\": " + mostDiffs + "}")
                .post("/api/v1/api_keys")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    private static long newDiffAs(JsonPath key, long source) {
        return given().header("Authorization", "Key " + key.getString("key"))
                .contentType(ContentType.JSON)
                .body(Map.of(
                        "data_source1_id", source,
                        "data_source2_id", source,
                        "table1", List.of("a"),
                        "table2", List.of("b"),
                        "pk_columns", List.of("id")))
                .post("/api/v1/datadiffs")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath()
                .getLong("id");
    }
}
