package io.parallax.api.datadiffs.list;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import com.fasterxml.jackson.databind.JsonNode;
import io.parallax.api.ApiDocument;
import io.parallax.api.ServiceTest;
import io.parallax.contract.ErrorType;
import io.parallax.contract.Failure;
import io.parallax.contract.message.Plan;
import io.parallax.contract.message.Report;
import io.parallax.contract.message.SchemaComparison;
import io.parallax.contract.tally.Effort;
import io.parallax.contract.tally.Sides;
import io.parallax.contract.tally.Tally;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Transaction;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** Lists of diffs are filtered and ordered by every field that is one value. */
@QuarkusTest
class ListsTest extends ServiceTest {
    private static final String DIFFS = "/api/v1/datadiffs";
    private static final List<String> HOSTILE = List.of(
            "'; drop table diff; --",
            "1) or (1=1",
            "$1",
            "%",
            "\\",
            "\"",
            "99999999999999999999999",
            "-1",
            "1e99",
            "{}",
            "null",
            "",
            ",",
            "<",
            ">",
            "<<",
            "1<<",
            "<<1",
            "2026-01-01<<",
            "0001-01-01",
            "infinity");

    /** Those of a diff that are one value, as the document has them. */
    private static Set<String> scalars() {
        Set<String> scalars = new TreeSet<>();
        ApiDocument document = ApiDocument.served();
        document.schemas().path("DataDiff").path("properties").properties().forEach(property -> {
            Set<String> types = new TreeSet<>();
            types(document, property.getValue(), types);
            if (!types.contains("array") && !types.contains("object")) {
                scalars.add(property.getKey());
            }
        });
        return scalars;
    }

    private static void types(ApiDocument document, JsonNode schema, Set<String> types) {
        JsonNode known = document.resolved(schema);
        JsonNode type = known.path("type");
        (type.isArray() ? type : List.of(type)).forEach(one -> types.add(((JsonNode) one).asText()));
        known.path("anyOf").forEach(one -> types(document, one, types));
    }

    private List<Long> diffs() {
        long destination = newSource(", \"temp_schema\": \"scratch\"");
        Map<String, Object> rich = new HashMap<>();
        rich.put("table1", null);
        rich.put("query1", "select 1 as id, 2 as b");
        rich.put("filter1", "id in (1, 2)");
        rich.put("filter2", "true");
        rich.put("time_column", "t");
        rich.put("time_interval_start", "2026-01-01");
        rich.put("time_interval_end", "2026-02-01");
        rich.put("time_aggregate", "day");
        rich.put("diff_tolerance", 0.5);
        rich.put("tolerance_mode", "relative");
        rich.put("datetime_tolerance", 3);
        rich.put("bisection_factor", 8);
        rich.put("bisection_threshold", 100);
        rich.put("algorithm", "hashdiff");
        rich.put("snapshot", true);
        rich.put("run_profiles", true);
        rich.put("diff_threshold", 5);
        rich.put("per_column_diff_limit", 6);
        rich.put("download_limit", 7);
        rich.put("sort_array_columns", true);
        Map<String, Object> sampled = Map.of(
                "sampling_tolerance", 0.001, "sampling_confidence", 99, "sampling_ratio", 0.25, "sampling_max_rows", 9);
        Map<String, Object> written = Map.of(
                "materialize_dataset1",
                true,
                "temp_schema_override",
                List.of("scratch"),
                "materialization_destination_id",
                destination,
                "archived",
                true);
        List<Long> diffs = new ArrayList<>();
        for (Map<String, Object> more :
                List.of(Map.<String, Object>of(), rich, sampled, written, Map.<String, Object>of("recheck", 5))) {
            diffs.add(newDiff(more).extract().jsonPath().getLong("id"));
        }
        client().post(DIFFS + "/" + diffs.get(0) + "/cancel").then().statusCode(200);
        plan(diffs.get(4), 1, "v");
        await(() -> assertThat(tasks(diffs.get(4))).hasSize(1));
        return diffs;
    }

    private static List<Long> listed(Map<String, String> query) {
        Response answer = client().queryParams(query).get(DIFFS);
        assertThat(answer.statusCode()).as(query + " " + answer.asString()).isEqualTo(200);
        return answer.jsonPath().getList("results.id", Long.class);
    }

    @Test
    void everyFieldFiltersAndOrders() {
        List<Long> diffs = diffs();
        String ids = diffs.stream().map(String::valueOf).collect(Collectors.joining(","));
        Map<Long, JsonNode> objects = StreamSupport.stream(
                        ApiDocument.parse(client().get(DIFFS + "?id=" + ids).asString())
                                .path("results")
                                .spliterator(),
                        false)
                .collect(Collectors.toMap(diff -> diff.path("id").longValue(), diff -> diff));
        assertThat(scalars()).hasSizeGreaterThan(50).allSatisfy(field -> {
            objects.values().forEach(diff -> {
                JsonNode value = diff.path(field);
                List<Long> same = diffs.stream()
                        .filter(id -> fits(field, value, objects.get(id).path(field)))
                        .toList();
                if (!field.equals("id")) {
                    assertThat(listed(Map.of("id", ids, field, value.asText())))
                            .as(field + "=" + value)
                            .isEqualTo(same);
                }
            });
            for (String way : List.of("asc", "desc")) {
                List<Long> one = listed(Map.of("id", ids, "order_by", field, "sort_order", way));
                assertThat(one).as(field).containsExactlyInAnyOrderElementsOf(diffs);
                List<Long> page = new ArrayList<>();
                for (int i = 1; i <= diffs.size(); i++) {
                    page.addAll(listed(Map.of(
                            "id",
                            ids,
                            "order_by",
                            field,
                            "sort_order",
                            way,
                            "page_size",
                            "1",
                            "page",
                            Integer.toString(i))));
                }
                assertThat(page).as(field + " by pages").isEqualTo(one);
            }
        });
    }

    /** A time alone is its minute. */
    private static boolean fits(String field, JsonNode asked, JsonNode value) {
        if (field.endsWith("_at") && asked.isTextual() && value.isTextual()) {
            OffsetDateTime from = OffsetDateTime.parse(asked.asText());
            OffsetDateTime at = OffsetDateTime.parse(value.asText());
            return !at.isBefore(from) && at.isBefore(from.plusMinutes(1));
        }
        return asked.equals(value);
    }

    /** As clients in Python write what is true, and as large as a whole number may be. */
    @Test
    void takesValuesHoweverTheyAreWritten() {
        long all = newDiff(Map.of("snapshot", true, "diff_threshold", Long.MAX_VALUE))
                .extract()
                .jsonPath()
                .getLong("id");
        String id = Long.toString(all);
        assertThat(listed(Map.of("id", id, "snapshot", "True", "archived", "False", "accessible_only", "True")))
                .containsExactly(all);
        assertThat(listed(Map.of("id", id, "snapshot", "FALSE"))).isEmpty();
        assertThat(listed(Map.of("id", id, "diff_threshold", Long.toString(Long.MAX_VALUE))))
                .containsExactly(all);
        assertThat(listed(Map.of("id", Long.toString(Long.MAX_VALUE)))).isEmpty();
        client().queryParam("id", "9223372036854775808").get(DIFFS).then().statusCode(422);
    }

    /** Texts that look like fields are none. */
    @Test
    void looksIntoRequestsExactly() {
        String hostile = "\"snapshot\":true,\"filter2\":\"x\"";
        long diff = newDiff(Map.of("filter1", hostile, "tags", List.of(hostile, "filter2", "snapshot\":true")))
                .extract()
                .jsonPath()
                .getLong("id");
        String id = Long.toString(diff);
        assertThat(listed(Map.of("id", id, "filter1", hostile))).containsExactly(diff);
        assertThat(listed(Map.of("id", id, "filter2", "x"))).isEmpty();
        assertThat(listed(Map.of("id", id, "filter2", "null"))).containsExactly(diff);
        assertThat(listed(Map.of("id", id, "snapshot", "true"))).isEmpty();
        assertThat(listed(Map.of("id", id, "snapshot", "false"))).containsExactly(diff);
    }

    /** A list that would take forever is ended, and lets go of its connection. */
    @Test
    void endsALookThatTakesTooLong() {
        SqlConnection other = store.getConnectionAndAwait();
        try {
            Transaction tx = other.beginAndAwait();
            other.query("lock table diff in access exclusive mode").executeAndAwait();
            client().queryParam("filter1", "x")
                    .get(DIFFS)
                    .then()
                    .statusCode(422)
                    .body("detail[0].type", equalTo("timeout"))
                    .body("detail[0].msg", containsString("created_at"));
            tx.rollbackAndAwait();
        } finally {
            other.closeAndAwait();
        }
        assertThat(listed(Map.of("filter1", "no such filter"))).isEmpty();
    }

    @Test
    void noFieldTakesWhatItCannotBe() {
        assertThat(scalars())
                .allSatisfy(field -> HOSTILE.forEach(value -> assertThat(
                                client().queryParam(field, value).get(DIFFS).statusCode())
                        .as(field + "=" + value)
                        .isIn(200, 422)));
        assertThat(listed(Map.of("page_size", "1"))).hasSize(1);
    }

    @Test
    void filtersByWhatDiffsCameTo() {
        List<Long> diffs = new ArrayList<>();
        for (Tally tally : List.of(
                rows(10),
                rows(0),
                tally(Sides.of(1, 0), Sides.ZERO, Sides.ZERO, 0),
                tally(Sides.ZERO, Sides.of(0, 2), Sides.ZERO, 3),
                tally(Sides.ZERO, Sides.ZERO, Sides.of(0, 1), 0),
                tally(Sides.ZERO, Sides.ZERO, Sides.of(0, 1), 3))) {
            diffs.add(finished(tally, Sides.ZERO, List.of(), Map.of()));
        }
        diffs.add(finished(rows(10), Sides.of(0, 1), List.of(), Map.of()));
        diffs.add(finished(rows(10), Sides.ZERO, List.of("w"), Map.of()));
        diffs.add(finished(
                tally(Sides.ZERO, Sides.ZERO, Sides.ZERO, 3), Sides.ZERO, List.of(), Map.of("diff_threshold", 1)));
        long failed = newDiff(Map.of()).extract().jsonPath().getLong("id");
        await(() -> assertThat(planningJobs(failed)).hasSize(1));
        report(new Report.TaskFailed(
                planningJobs(failed).get(0).address(), 1, "w1", new Failure(ErrorType.QUERY_ERROR, "No.")));
        await(() -> assertThat(status(failed)).isEqualTo("failed"));
        diffs.add(failed);
        diffs.add(newDiff(Map.of()).extract().jsonPath().getLong("id"));

        Map<String, List<Long>> byResult = diffs.stream()
                .collect(Collectors.groupingBy(
                        id -> String.valueOf(diff(id).extract().jsonPath().<Object>get("result")),
                        Collectors.toList()));
        assertThat(byResult.keySet())
                .containsExactlyInAnyOrder(
                        "identical", "empty", "bad-pks", "missing-pks", "different", "error", "null");
        String ids = diffs.stream().map(String::valueOf).collect(Collectors.joining(","));
        byResult.forEach((result, same) -> assertThat(listed(Map.of("id", ids, "result", result)))
                .as(result)
                .isEqualTo(same));
        assertThat(listed(Map.of("id", ids, "result", "error,null")))
                .hasSize(byResult.get("error").size() + byResult.get("null").size());
        assertThat(listed(Map.of("id", ids, "done", "true", "status", "done"))).hasSize(diffs.size() - 2);
    }

    private static Tally tally(Sides nulls, Sides dupes, Sides exclusives, long differing) {
        return new Tally(Sides.of(10, 10), nulls, dupes, Sides.of(9, 9), exclusives, 8, differing, List.of(differing));
    }

    private long finished(Tally tally, Sides mismatched, List<String> typeDiffers, Map<String, Object> more) {
        long diff = newDiff(more).extract().jsonPath().getLong("id");
        await(() -> assertThat(planningJobs(diff)).isNotEmpty());
        Plan plan = planOf(1, "v");
        SchemaComparison schema =
                new SchemaComparison(Sides.of(2, 2 + mismatched.b()), mismatched, typeDiffers, 0, List.of(), List.of());
        report(new Report.PlanMade(
                planningJobs(diff).get(0).address(),
                1,
                "w1",
                new Plan(
                        schema,
                        plan.key(),
                        plan.comparedColumns(),
                        plan.algorithm(),
                        plan.common(),
                        plan.tasks(),
                        plan.settled()),
                Effort.NONE));
        await(() -> assertThat(tasks(diff)).hasSize(1));
        report(done(tasks(diff).get(0), tally));
        await(() -> assertThat(status(diff)).isEqualTo("done"));
        return diff;
    }
}
