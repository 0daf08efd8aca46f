package io.parallax.api;

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

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parallax.contract.Codec;
import io.parallax.contract.message.CompareTask;
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
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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

    /** A diff of the compared columns a and b, whose one task found these rows. */
    private long diffOf(DifferingRow... rows) {
        long source = newSource("");
        long diff = newDiff(source, source);
        plan(diff, 1, "a", "b");
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
        report(new Report.TaskDone(task.address(), 1, "w1", tally, Effort.NONE, null, found));
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
                        "kind,id,a_a,a_b,b_a,b_b,shortened",
                        "value,2,,,1,2,",
                        "value,1,x,,,,",
                        "exclusive1,3,x,,,,",
                        "exclusive1,4,x,,,,",
                        "exclusive2,5,,\"\",,1.50,",
                        "exclusive2,6,,\"\",,7,",
                        "duplicate1,7,x,,1,,",
                        "duplicate1,7,x,,2,,");
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
                .isEqualTo("kind,id,a_a,a_b,b_a,b_b,shortened\r\n"
                        + "value,\"x,y\",\"say \"\"ü\"\"\",\"two\r\nlines\",,,\r\n"
                        + "value,=1+2,true,\"[1,\"\"z\"\"]\",,,\r\n");
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
                .isEqualTo("kind,id,a_a,a_b,b_a,b_b,shortened\r\nvalue,1,1,2,,,\r\n"
                        + "value,2,1,x0f,,,\"[\"\"id\"\",\"\"a\"\"]\"\r\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "*/*|application/json",
                "text/*|text/csv",
                "application/json;q=0.1, text/csv;q=0.9|text/csv",
                "application/xml, application/x-ndjson|application/x-ndjson"
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

    @Test
    void answersNothingUntilTheDiffIsDone() {
        // Given a diff that waits for its plan
        long source = newSource("");
        long diff = newDiff(source, source);

        // Then
        get(diff, "?column=any")
                .then()
                .statusCode(200)
                .body(equalTo("{\"results\":[],\"next_cursor\":null,\"complete\":false}"));
        assertThat(getAs("text/csv", diff, "")
                        .then()
                        .header("Complete", "false")
                        .extract()
                        .asString())
                .isEqualTo("kind,shortened\r\n");

        // When it has one
        plan(diff, 1, "a", "b");

        // Then
        get(diff, "?limit=1").then().body(equalTo("{\"results\":[],\"next_cursor\":null,\"complete\":false}"));
        get(diff, "?column=any").then().statusCode(422);
        assertThat(getAs("text/csv", diff, "").asString()).isEqualTo("kind,id,a_a,a_b,b_a,b_b,shortened\r\n");
        getAs("application/x-ndjson", diff, "").then().body(equalTo("")).header("Next-Cursor", nullValue());

        // When it is cancelled
        client().post("/api/v1/datadiffs/" + diff + "/cancel").then().statusCode(200);

        // Then
        get(diff, "").then().statusCode(200).body(equalTo("{\"results\":[],\"next_cursor\":null,\"complete\":false}"));
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
                        hasItems("kind", "column", "limit", "cursor"));
    }
}
