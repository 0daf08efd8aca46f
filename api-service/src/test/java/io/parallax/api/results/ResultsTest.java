package io.parallax.api.results;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parallax.api.ServiceTest;
import io.parallax.api.StoreForTests;
import io.parallax.contract.Codec;
import io.parallax.contract.ErrorType;
import io.parallax.contract.Failure;
import io.parallax.contract.message.CompareTask;
import io.parallax.contract.message.Plan;
import io.parallax.contract.message.Report;
import io.parallax.contract.tally.DifferingRow;
import io.parallax.contract.tally.DifferingRow.Kind;
import io.parallax.contract.tally.Effort;
import io.parallax.contract.tally.Sides;
import io.parallax.contract.tally.Tally;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What clients ask and read about the rows that differ. */
@QuarkusTest
class ResultsTest extends ServiceTest {
    private static final ObjectMapper MAPPER = Codec.mapper();

    private static DifferingRow row(Kind kind, long rank, String key, String values) {
        try {
            return new DifferingRow(
                    kind, rank, (ObjectNode) MAPPER.readTree(key), (ObjectNode) MAPPER.readTree(values));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** A diff of the compared columns a and b, whose one task found these rows; its plan is too old to tell of types. */
    private long diffOf(DifferingRow... rows) {
        return diffOf(planOf(1, "a", "b"), rows);
    }

    /** The same with these key columns; of types first of all those of the key, then those of a and b. */
    private long diffOf(List<String> key, List<String> types, DifferingRow... rows) {
        Plan plan = planOf(1, "a", "b");
        return diffOf(
                Plan.draft(
                                plan.schema(),
                                key,
                                plan.comparedColumns(),
                                plan.algorithm(),
                                plan.common(),
                                plan.tasks(),
                                plan.settled())
                        .types(types)
                        .plan(),
                rows);
    }

    private long diffOf(Plan plan, DifferingRow... rows) {
        long source = newSource("");
        long diff = newDiff(source, source);
        await(() -> assertThat(planningJobs(diff)).isNotEmpty());
        report(new Report.PlanMade(planningJobs(diff).get(0).address(), 1, "w1", plan, Effort.NONE));
        await(() -> assertThat(tasks(diff)).hasSize(1));
        CompareTask task = tasks(diff).get(0);
        List<DifferingRow> found = List.of(rows);
        Tally tally = new Tally(
                Sides.ZERO,
                Sides.ZERO,
                Sides.of(count(found, Kind.DUPLICATE1), count(found, Kind.DUPLICATE2)),
                Sides.ZERO,
                Sides.of(count(found, Kind.EXCLUSIVE1), count(found, Kind.EXCLUSIVE2)),
                found.size(),
                count(found, Kind.VALUE),
                List.of(0L, 0L));
        report(Report.TaskDone.draft(task.address(), 1, "w1", tally, Effort.NONE)
                .rows(found)
                .report());
        await(() -> assertThat(status(diff)).isEqualTo("done"));
        return diff;
    }

    private static long count(List<DifferingRow> rows, Kind kind) {
        return rows.stream().filter(row -> row.kind() == kind).count();
    }

    /** Two of each kind. */
    private long diffOfAllKinds() {
        return diffOf(
                row(Kind.VALUE, 5, "{\"id\": 1}", "{\"a\": {\"a\": \"x\", \"b\": null}}"),
                row(Kind.VALUE, -5, "{\"id\": 2}", "{\"b\": {\"a\": 1, \"b\": 2}}"),
                row(Kind.EXCLUSIVE1, 7, "{\"id\": 3}", "{\"a\": {\"a\": \"x\"}, \"b\": {\"a\": null}}"),
                row(Kind.EXCLUSIVE1, 8, "{\"id\": 4}", "{\"a\": {\"a\": \"x\"}, \"b\": {\"a\": null}}"),
                row(Kind.EXCLUSIVE2, 1, "{\"id\": 5}", "{\"a\": {\"b\": \"\"}, \"b\": {\"b\": 1.50}}"),
                row(Kind.EXCLUSIVE2, 2, "{\"id\": 6}", "{\"a\": {\"b\": \"\"}, \"b\": {\"b\": 7}}"),
                row(Kind.DUPLICATE1, 9, "{\"id\": 7}", "{\"a\": {\"a\": \"x\"}, \"b\": {\"a\": 1}}"),
                row(Kind.DUPLICATE1, 9, "{\"id\": 7}", "{\"a\": {\"a\": \"x\"}, \"b\": {\"a\": 2}}"),
                row(Kind.DUPLICATE2, 9, "{\"id\": 7}", "{\"a\": {\"b\": \"x\"}, \"b\": {\"b\": 1}}"),
                row(Kind.DUPLICATE2, 9, "{\"id\": 7}", "{\"a\": {\"b\": \"x\"}, \"b\": {\"b\": 2}}"));
    }

    private static Response get(long diff, String query) {
        return client().urlEncodingEnabled(false).get("/api/v1/datadiffs/" + diff + "/results" + query);
    }

    private static Response getAs(String accept, long diff, String query) {
        return given().header("Authorization", "Key " + StoreForTests.API_KEY)
                .accept(accept)
                .get("/api/v1/datadiffs/" + diff + "/results" + query);
    }

    @Test
    void answersRowsByKindInJson() {
        get(diffOfAllKinds(), "")
                .then()
                .statusCode(200)
                .contentType("application/json")
                .body("complete", equalTo(true))
                .body("next_cursor", nullValue())
                .body("results.key.id", equalTo(List.of(2, 1, 3, 4, 5, 6, 7, 7, 7, 7)))
                .body("results[1].kind", equalTo("value"))
                .body("results[1].values", equalTo(new JsonPath("{\"a\": {\"a\": \"x\", \"b\": null}}").getMap("")))
                .body("results[2].values.b", equalTo(new JsonPath("{\"a\": null}").getMap("")));
    }

    @Test
    void answersOneRowALine() {
        Response response = getAs("application/x-ndjson", diffOfAllKinds(), "?limit=3&kind=value,exclusive1");
        response.then()
                .statusCode(200)
                .contentType(startsWith("application/x-ndjson"))
                .header("Complete", "true");
        assertThat(response.asString())
                .isEqualTo(
                        """
                        {"kind":"value","key":{"id":2},"values":{"b":{"a":1,"b":2}}}
                        {"kind":"value","key":{"id":1},"values":{"a":{"a":"x","b":null}}}
                        {"kind":"exclusive1","key":{"id":3},"values":{"a":{"a":"x"},"b":{"a":null}}}
                        """);
        assertThat(response.header("Next-Cursor")).isNotEmpty();
    }

    @Test
    void answersCsv() {
        Response response = getAs("text/csv", diffOfAllKinds(), "?limit=8");
        response.then().statusCode(200).contentType(startsWith("text/csv")).header("Complete", "true");
        assertThat(response.asString().split("\r\n"))
                .containsExactly(
                        "kind,id,a_a,a_b,b_a,b_b,differs,shortened",
                        "value,2,,,1,2,\"[\"\"b\"\"]\",",
                        "value,1,x,,,,\"[\"\"a\"\"]\",",
                        "exclusive1,3,x,,,,,",
                        "exclusive1,4,x,,,,,",
                        "exclusive2,5,,\"\",,1.50,,",
                        "exclusive2,6,,\"\",,7,,",
                        "duplicate1,7,x,,1,,,",
                        "duplicate1,7,x,,2,,,");
        assertThat(response.asString()).endsWith("\r\n");
        assertThat(response.header("Next-Cursor")).isNotEmpty();
    }

    @Test
    void quotesWhatCsvNeedsQuoted() {
        long diff = diffOf(
                row(
                        Kind.VALUE,
                        1,
                        "{\"id\": \"x,y\"}",
                        "{\"a\": {\"a\": \"say \\\"ü\\\"\", \"b\": \"two\\r\\nlines\"}}"),
                row(Kind.VALUE, 2, "{\"id\": \"=1+2\"}", "{\"a\": {\"a\": true, \"b\": [1, \"z\"]}}"));
        assertThat(getAs("text/csv", diff, "").asString())
                .isEqualTo("kind,id,a_a,a_b,b_a,b_b,differs,shortened\r\n"
                        + "value,\"x,y\",\"say \"\"ü\"\"\",\"two\r\nlines\",,,\"[\"\"a\"\"]\",\r\n"
                        + "value,=1+2,true,\"[1,\"\"z\"\"]\",,,\"[\"\"a\"\"]\",\r\n");
    }

    @Test
    void namesTheColumnsOfShortenedValues() {
        DifferingRow whole = row(Kind.VALUE, 1, "{\"id\": 1}", "{\"a\": {\"a\": 1, \"b\": 2}}");
        DifferingRow cut = row(Kind.VALUE, 2, "{\"id\": 2}", "{\"a\": {\"a\": 1, \"b\": \"x0f\"}}");
        List<String> names = List.of("id", "a");
        long diff = diffOf(whole, new DifferingRow(cut.kind(), cut.rank(), cut.key(), cut.values(), names));

        get(diff, "").then().body("results[0]", not(hasKey("shortened"))).body("results[1].shortened", equalTo(names));
        assertThat(getAs("application/x-ndjson", diff, "").asString().lines())
                .containsExactly(
                        "{\"kind\":\"value\",\"key\":{\"id\":1},\"values\":{\"a\":{\"a\":1,\"b\":2}}}",
                        "{\"kind\":\"value\",\"key\":{\"id\":2},\"values\":{\"a\":{\"a\":1,\"b\":\"x0f\"}},"
                                + "\"shortened\":[\"id\",\"a\"]}");
        assertThat(getAs("text/csv", diff, "").asString())
                .isEqualTo("kind,id,a_a,a_b,b_a,b_b,differs,shortened\r\nvalue,1,1,2,,,\"[\"\"a\"\"]\",\r\n"
                        + "value,2,1,x0f,,,\"[\"\"a\"\"]\",\"[\"\"id\"\",\"\"a\"\"]\"\r\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "*/*|application/json",
                "text/*|text/csv;charset=utf-8",
                "application/json;q=0.1, text/csv;q=0.9|text/csv",
                "application/xml, application/x-ndjson|application/x-ndjson;charset=utf-8"
            })
    void answersInTheTypeThatIsAccepted(String accept, String type) {
        getAs(accept, diffOfAllKinds(), "").then().statusCode(200).contentType(startsWith(type));
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/xml", "text/html", "image/*"})
    void refusesOtherTypes(String accept) {
        getAs(accept, diffOfAllKinds(), "")
                .then()
                .statusCode(406)
                .contentType("application/problem+json")
                .body("status", equalTo(406));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "?kind=exclusive1,duplicate2",
                "?kind=exclusive1&kind=duplicate2",
                "?kind=duplicate2,%20exclusive1"
            })
    void filtersByKind(String query) {
        get(diffOfAllKinds(), query)
                .then()
                .body("results.kind", equalTo(List.of("exclusive1", "exclusive1", "duplicate2", "duplicate2")))
                .body("complete", equalTo(true));
    }

    @Test
    void filtersByColumn() {
        long diff = diffOfAllKinds();
        get(diff, "?column=a").then().body("results.key.id", equalTo(List.of(1)));
        get(diff, "?column=b&kind=value").then().body("results.key.id", equalTo(List.of(2)));
        get(diff, "?column=a&column=b").then().body("results.key.id", equalTo(List.of(2, 1)));
        get(diff, "?column=a&kind=exclusive1").then().statusCode(200).body("results", hasSize(0));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 9, 10, 11})
    void pagesThroughAllRowsWithoutGapsOrRepeats(int limit) {
        long diff = diffOfAllKinds();
        List<Map<String, Object>> all = get(diff, "").jsonPath().getList("results");

        for (String accept : List.of("application/json", "application/x-ndjson")) {
            List<Map<String, Object>> seen = new ArrayList<>();
            String cursor = null;
            do {
                Response page = getAs(accept, diff, "?limit=" + limit + (cursor == null ? "" : "&cursor=" + cursor));
                page.then().statusCode(200);
                seen.addAll(rows(page));
                cursor = accept.equals("application/json")
                        ? page.jsonPath().getString("next_cursor")
                        : page.header("Next-Cursor");
                assertThat(rows(page)).hasSizeBetween(1, limit);
            } while (cursor != null);
            assertThat(seen).isEqualTo(all);
        }
    }

    private static List<Map<String, Object>> rows(Response page) {
        return page.contentType().startsWith("application/json")
                ? page.jsonPath().getList("results")
                : page.asString()
                        .lines()
                        .map(line -> new JsonPath(line).<String, Object>getMap(""))
                        .toList();
    }

    @Test
    void pagesThroughOneKind() {
        long diff = diffOfAllKinds();
        String cursor = get(diff, "?kind=duplicate1&limit=1").jsonPath().getString("next_cursor");
        get(diff, "?kind=duplicate1&limit=1&cursor=" + cursor)
                .then()
                .body("results.values.b.a", equalTo(List.of(2)))
                .body("next_cursor", nullValue());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "?limit=0",
                "?limit=1001",
                "?limit=-1",
                "?limit=ten",
                "?limit=",
                "?limit=99999999999999999999",
                "?kind=other",
                "?kind=",
                "?kind=value,",
                "?kind=VALUE",
                "?column=id",
                "?column=",
                "?column=a%00",
                "?column=%27%3B%20drop%20table%20diff%3B",
                "?cursor=",
                "?cursor=abc",
                "?cursor=AAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                "?cursor=%00",
                "?offset=3"
            })
    void refusesWhatItDoesNotUnderstand(String query) {
        String name = query.substring(1, query.indexOf('='));
        for (String accept : List.of("application/json", "text/csv")) {
            client().urlEncodingEnabled(false)
                    .accept(accept)
                    .get("/api/v1/datadiffs/" + shared() + "/results" + query)
                    .then()
                    .statusCode(422)
                    .contentType("application/problem+json")
                    .body("detail", hasSize(1))
                    .body("detail[0].loc", equalTo(List.of("query", name)));
        }
    }

    private static long sharedDiff;

    private long shared() {
        if (sharedDiff == 0) {
            sharedDiff = diffOfAllKinds();
        }
        return sharedDiff;
    }

    @Test
    void namesAllFaultsAtOnce() {
        get(shared(), "?limit=0&kind=x&column=y&cursor=z&more=1")
                .then()
                .statusCode(422)
                .body("detail", hasSize(5))
                .body("detail.loc.flatten()", hasItems("limit", "kind", "column", "cursor", "more"));
    }

    @Test
    void refusesForgedCursors() {
        long diff = shared();
        String cursor = get(diff, "?limit=1").jsonPath().getString("next_cursor");
        byte[] bytes = Base64.getUrlDecoder().decode(cursor);
        IntStream.range(0, bytes.length).forEach(at -> {
            byte[] forged = bytes.clone();
            forged[at] ^= 1;
            get(diff, "?cursor=" + Base64.getUrlEncoder().encodeToString(forged))
                    .then()
                    .statusCode(422);
        });
        get(diff, "?cursor=" + cursor).then().statusCode(200);
        get(diffOfAllKinds(), "?cursor=" + cursor)
                .then()
                .statusCode(422)
                .body("detail[0].msg", containsString("next_cursor"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/json", "application/x-ndjson", "text/csv"})
    void isAConflictUntilTheDiffIsDone(String accept) {
        // Given a diff that waits for its plan
        long source = newSource("");
        long diff = newDiff(source, source);

        // Then
        await(() -> assertThat(status(diff)).isEqualTo("queued"));
        refusedAs(accept, diff, "queued", "The diff is queued; ask again when it is done.");

        // When it has one
        plan(diff, 1, "a", "b");

        // Then
        refusedAs(accept, diff, "processing", "The diff is processing; ask again when it is done.");
        getAs(accept, diff, "?limit=0").then().statusCode(422);
        getAs("image/png", diff, "").then().statusCode(406);

        // When it is cancelled
        client().post("/api/v1/datadiffs/" + diff + "/cancel").then().statusCode(200);

        // Then
        refusedAs(accept, diff, "cancelled", "The diff was cancelled.");
    }

    private static void refusedAs(String accept, long diff, String status, String detail) {
        getAs(accept, diff, "?limit=1")
                .then()
                .statusCode(409)
                .contentType("application/problem+json")
                .body("status", equalTo(409))
                .body("diff_status", equalTo(status))
                .body("detail", equalTo(detail));
    }

    @Test
    void isAConflictWhenTheDiffFailed() {
        long source = newSource("");
        long diff = newDiff(source, source);
        await(() -> assertThat(planningJobs(diff)).isNotEmpty());
        report(new Report.TaskFailed(
                planningJobs(diff).get(0).address(),
                1,
                "w1",
                new Failure(ErrorType.NO_SUCH_TABLE, "There is no table public.b.")));
        await(() -> assertThat(status(diff)).isEqualTo("failed"));

        refusedAs("text/csv", diff, "failed", "The diff failed. There is no table public.b.");
    }

    @Test
    void answersInTheFormatThatIsAskedFor() {
        long diff = shared();
        for (String accept : List.of("*/*", "application/json", "text/csv", "image/png")) {
            getAs(accept, diff, "?format=json").then().statusCode(200).contentType("application/json");
            getAs(accept, diff, "?format=ndjson").then().contentType("application/x-ndjson;charset=utf-8");
            getAs(accept, diff, "?format=csv").then().contentType("text/csv;charset=utf-8");
        }
        getAs("*/*", diff, "?format=xml")
                .then()
                .statusCode(422)
                .body("detail.msg", equalTo(List.of("Must be one of json, ndjson, csv.")));
    }

    /** A value that is NULL on one side is told from one that does not differ. */
    @Test
    void namesTheColumnsThatDiffer() {
        long diff = diffOf(
                row(Kind.VALUE, 1, "{\"id\": 1}", "{\"a\": {\"a\": null, \"b\": \"x\"}}"),
                row(Kind.VALUE, 2, "{\"id\": 2}", "{\"b\": {\"a\": 1, \"b\": null}, \"a\": {\"a\": null, \"b\": 1}}"));
        assertThat(getAs("*/*", diff, "?format=csv").asString().split("\r\n"))
                .containsExactly(
                        "kind,id,a_a,a_b,b_a,b_b,differs,shortened",
                        "value,1,,x,,,\"[\"\"a\"\"]\",",
                        "value,2,,1,1,,\"[\"\"a\"\",\"\"b\"\"]\",");
    }

    /** Readers of JSON that have floats only lose no digits. */
    @Test
    void showsWideNumbersAsTexts() {
        DifferingRow row = row(
                Kind.VALUE,
                1,
                "{\"id\": 9007199254740993, \"n\": 7}",
                "{\"a\": {\"a\": 0.000000000010, \"b\": null}, \"b\": {\"a\": 1.5, \"b\": \"NaN\"}}");
        String shown = "\"key\":{\"id\":\"9007199254740993\",\"n\":7},"
                + "\"values\":{\"a\":{\"a\":\"0.000000000010\",\"b\":null},\"b\":{\"a\":1.5,\"b\":\"NaN\"}}}";
        long diff = diffOf(List.of("id", "n"), List.of("int8", "int4", "numeric", "float8"), row);
        for (String format : List.of("json", "ndjson")) {
            assertThat(getAs("*/*", diff, "?format=" + format).asString()).contains(shown);
        }
        assertThat(getAs("*/*", diff, "?format=csv").asString())
                .endsWith("value,9007199254740993,7,0.000000000010,,1.5,NaN,\"[\"\"a\"\",\"\"b\"\"]\",\r\n");
        // However small they are
        long small = diffOf(
                List.of("id"),
                List.of("int8", "numeric", "int2"),
                row(Kind.VALUE, 1, "{\"id\": 1}", "{\"a\": {\"a\": 2, \"b\": 3.0}, \"b\": {\"a\": 4, \"b\": 5}}"));
        get(small, "")
                .then()
                .body("results[0].key.id", equalTo("1"))
                .body("results[0].values.a", equalTo(Map.of("a", "2", "b", "3.0")))
                .body("results[0].values.b", equalTo(Map.of("a", 4, "b", 5)));
    }

    /** Of diffs that were made before types were noted. */
    @Test
    void showsAsTextsWhatAFloatWouldNotHold() {
        long diff = diffOf(row(
                Kind.VALUE,
                1,
                "{\"id\": 2147483648}",
                "{\"a\": {\"a\": 2147483647, \"b\": 0.1}, \"b\": {\"a\": 0.10, \"b\": 1e400}}"));
        assertThat(getAs("*/*", diff, "?format=ndjson").asString())
                .contains("\"key\":{\"id\":\"2147483648\"},\"values\":{\"a\":{\"a\":2147483647,\"b\":0.1},"
                        + "\"b\":{\"a\":\"0.10\",\"b\":\"1" + "0".repeat(400) + "\"}}}");
    }

    static Stream<Arguments> keysInOrder() {
        return Stream.of(
                arguments("int8", List.of("-9223372036854775808", "-10", "-9", "0", "9", "10", "100")),
                arguments("int2", List.of("-10", "9", "10")),
                arguments(
                        "numeric",
                        List.of(
                                "\"-Infinity\"",
                                "\"-1.5\"",
                                "0",
                                "\"0.000001\"",
                                "9",
                                "\"10.0\"",
                                "\"Infinity\"",
                                "\"NaN\"")),
                arguments(
                        "float8",
                        List.of(
                                "\"-Infinity\"",
                                "\"-1e+20\"",
                                "\"-3\"",
                                "\"1e-07\"",
                                "\"2.5\"",
                                "\"1e+308\"",
                                "\"NaN\"")),
                arguments(
                        "text",
                        List.of(
                                "\"\"",
                                "\"10\"",
                                "\"9\"",
                                "\"Z\"",
                                "\"a\"",
                                "\"é\"",
                                "\"\uFF5E\"",
                                "\"\uD83D\uDE00\"",
                                "null")),
                arguments("boolean", List.of("false", "true")),
                arguments(
                        "date",
                        List.of(
                                "\"-infinity\"",
                                "\"-0043-12-31\"",
                                "\"0009-01-01\"",
                                "\"2026-01-31\"",
                                "\"+10000-01-01\"",
                                "\"infinity\"")),
                arguments(
                        "timestamptz",
                        List.of(
                                "\"-infinity\"",
                                "\"2026-01-31T18:00Z\"",
                                "\"2026-01-31T18:00:00.5Z\"",
                                "\"2026-01-31T18:00:01Z\"",
                                "\"2026-01-31T18:00:01.000001Z\"",
                                "\"+10000-01-01T00:00Z\"",
                                "\"infinity\"")),
                arguments("time", List.of("\"00:00\"", "\"09:30:01\"", "\"24:00:00\"")),
                // Of a diff that is too old to know its types
                arguments(null, List.of("-10", "9", "10", "100.5", "\"10\"", "\"9\"", "\"x\"")));
    }

    @ParameterizedTest
    @MethodSource
    void keysInOrder(@Nullable String type, List<String> keys) {
        DifferingRow[] rows = IntStream.range(0, keys.size())
                .mapToObj(i -> row(
                        Kind.values()[i % 3],
                        (i * 7919L) % 13,
                        "{\"id\": " + keys.get(i) + "}",
                        "{\"a\": {\"a\": 1, \"b\": 2}}"))
                .toArray(DifferingRow[]::new);
        List<DifferingRow> shuffled = new ArrayList<>(List.of(rows));
        Collections.shuffle(shuffled, new Random(7));
        long diff = type == null
                ? diffOf(shuffled.toArray(DifferingRow[]::new))
                : diffOf(List.of("id"), List.of(type, "int4", "int4"), shuffled.toArray(DifferingRow[]::new));
        List<String> expected = Stream.of(rows)
                .map(row -> row.key().path("id"))
                .map(key -> key.isNull() ? "null" : key.asText())
                .toList();
        for (int limit : new int[] {1, 3, 1000}) {
            assertThat(pagesByKey(diff, limit, "").stream()
                            .map(row -> String.valueOf(((Map<?, ?>) row.get("key")).get("id"))))
                    .isEqualTo(expected);
        }
    }

    private static List<Map<String, Object>> pagesByKey(long diff, int limit, String query) {
        List<Map<String, Object>> seen = new ArrayList<>();
        String cursor = null;
        do {
            Response page =
                    get(diff, "?order=key&limit=" + limit + query + (cursor == null ? "" : "&cursor=" + cursor));
            page.then().statusCode(200);
            seen.addAll(page.jsonPath().getList("results"));
            cursor = page.jsonPath().getString("next_cursor");
        } while (cursor != null);
        return seen;
    }

    @Test
    void ordersByAllColumnsOfTheKey() {
        long diff = diffOf(
                List.of("n", "it's"),
                List.of("int4", "text", "int4", "int4"),
                row(Kind.VALUE, 1, "{\"n\": 10, \"it's\": \"a\"}", "{\"a\": {\"a\": 1, \"b\": 2}}"),
                row(Kind.EXCLUSIVE2, 2, "{\"n\": 9, \"it's\": \"b\"}", "{\"a\": {\"b\": 1}, \"b\": {\"b\": 1}}"),
                row(Kind.VALUE, 3, "{\"n\": 9, \"it's\": \"a\"}", "{\"b\": {\"a\": 1, \"b\": 2}}"),
                row(Kind.DUPLICATE1, 4, "{\"n\": 9, \"it's\": \"b\"}", "{\"a\": {\"a\": 1}, \"b\": {\"a\": 1}}"));
        assertThat(pagesByKey(diff, 1, ""))
                .extracting("kind")
                .containsExactly("value", "exclusive2", "duplicate1", "value");
        assertThat(pagesByKey(diff, 1, "&kind=value"))
                .extracting("values")
                .asString()
                .matches(".*b=.*a=\\{a.*");
        assertThat(pagesByKey(diff, 1, "&column=a")).hasSize(1);
        // A cursor is of its order
        String cursor = get(diff, "?limit=1&order=key").jsonPath().getString("next_cursor");
        get(diff, "?limit=1&order=hash&cursor=" + cursor).then().statusCode(422);
        get(diff, "?limit=1&order=rank").then().statusCode(422).body("detail[0].msg", containsString("hash, key"));
        get(diff, "?limit=1&limit=2").then().statusCode(422).body("detail[0].type", equalTo("repeated"));
    }

    @Test
    void knowsNoResultsOfWhatIsNotThere() {
        get(999_999, "").then().statusCode(404).contentType("application/problem+json");
        client().get("/api/v1/datadiffs/x/results").then().statusCode(422);
        given().get("/api/v1/datadiffs/1/results").then().statusCode(401);
        client().post("/api/v1/datadiffs/" + shared() + "/results").then().statusCode(405);
    }

    @Test
    void documentsItsFormats() {
        String answer = "paths.'/api/v1/datadiffs/{id}/results'.get.responses.'200'";
        given().header("Accept", "application/json")
                .get("/q/openapi?format=json")
                .then()
                .body(answer + ".content.'application/json'.schema.$ref", containsString("ResultsPage"))
                .body(answer + ".content.'application/json'.examples.rows.value.results[0].kind", equalTo("value"))
                .body(answer + ".content.'application/x-ndjson'.schema.$ref", containsString("ResultRow"))
                .body(answer + ".content.'text/csv'.examples.rows.value", startsWith("kind,id,"))
                .body("components.schemas.ResultRow.properties.shortened.description", containsString("SHA-256"))
                .body(answer + ".headers.Next-Cursor.description", containsString("next_cursor"))
                .body(
                        "paths.'/api/v1/datadiffs/{id}/results'.get.parameters.name",
                        hasItems("kind", "column", "limit", "order", "cursor", "format"));
    }
}
