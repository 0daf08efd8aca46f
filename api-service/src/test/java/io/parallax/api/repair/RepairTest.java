package io.parallax.api.repair;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parallax.api.LedgerScenario;
import io.parallax.contract.Codec;
import io.parallax.contract.message.Plan;
import io.parallax.contract.message.Report;
import io.parallax.contract.message.Target;
import io.parallax.contract.message.Targets;
import io.parallax.contract.tally.DifferingRow;
import io.parallax.contract.tally.DifferingRow.Kind;
import io.parallax.contract.tally.Effort;
import io.parallax.contract.tally.Sides;
import io.parallax.contract.tally.Tally;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Repair scripts; that they repair is shown from end to end. */
@QuarkusTest
class RepairTest extends LedgerScenario {
    private static final Target TARGET = new Target(
            "\"public\".\"b\"",
            "note is null",
            List.of(new Target.Column(
                    "\"Id\"",
                    Target.Form.PLAIN,
                    List.of(new Target.Condition("\"Id\"", Target.Form.PLAIN, "int8")),
                    null)),
            List.of(
                    new Target.Column("\"v\"", Target.Form.PLAIN, List.of(), null),
                    new Target.Column("\"twice\"", Target.Form.PLAIN, List.of(), true)));

    private static final Tally TALLY =
            new Tally(Sides.of(4, 4), Sides.ZERO, Sides.ZERO, Sides.of(4, 4), Sides.of(2, 2), 2, 2, List.of(2L, 1L));

    private static ValidatableResponse repair(long diff, String query) {
        return client().get("/api/v1/datadiffs/" + diff + "/repair" + query).then();
    }

    private static DifferingRow row(Kind kind, long id, Map<String, Object> values, List<String> shortened) {
        return new DifferingRow(
                kind, -id, (ObjectNode) Codec.toJson(Map.of("id", id)), (ObjectNode) Codec.toJson(values), shortened);
    }

    private static List<DifferingRow> rows() {
        return List.of(
                row(Kind.VALUE, 10, Map.of("v", Map.of("a", "it's", "b", "x"), "twice", Map.of("a", 1, "b", 2)), null),
                row(Kind.VALUE, 9, Map.of("v", Map.of("a", "y", "b", "z")), null),
                row(Kind.EXCLUSIVE1, 3, Map.of("v", Map.of("a", "new"), "twice", Map.of("a", 1)), null),
                row(Kind.EXCLUSIVE1, 20, Map.of("v", Map.of("a", "newer"), "twice", Map.of("a", 1)), null),
                row(Kind.EXCLUSIVE2, 4, Map.of("v", Map.of("b", "old"), "twice", Map.of("b", 1)), null),
                row(Kind.EXCLUSIVE2, 30, Map.of("v", Map.of("b", "older"), "twice", Map.of("b", 1)), null));
    }

    private long done(Tally tally, List<DifferingRow> rows, Targets targets) {
        long diff = newDiff();
        await(() -> assertThat(planningJobs(diff)).isNotEmpty());
        Plan plan = planOf(0, "v", "twice");
        report(new Report.PlanMade(
                planningJobs(diff).get(0).address(),
                1,
                "w1",
                Plan.draft(
                                plan.schema(),
                                plan.key(),
                                plan.comparedColumns(),
                                plan.algorithm(),
                                plan.common(),
                                plan.tasks(),
                                tally)
                        .rows(rows)
                        .targets(targets)
                        .plan(),
                Effort.NONE));
        await(() -> assertThat(status(diff)).isEqualTo("done"));
        return diff;
    }

    @Test
    void deletesUpdatesAndInsertsInTheOrderOfTheKey() {
        long diff = done(TALLY, rows(), new Targets(null, TARGET));
        String script = repair(diff, "?direction=1to2")
                .statusCode(200)
                .contentType("application/sql;charset=utf-8")
                .extract()
                .asString();
        assertThat(script)
                .startsWith("-- Makes side B of diff " + diff)
                .endsWith(
                        """
                        delete from "public"."b" where "Id" OPERATOR(pg_catalog.=) '4'::pg_catalog.int8 and (
                        note is null
                        );
                        delete from "public"."b" where "Id" OPERATOR(pg_catalog.=) '30'::pg_catalog.int8 and (
                        note is null
                        );
                        update "public"."b" set "v" = 'y' where "Id" OPERATOR(pg_catalog.=) '9'::pg_catalog.int8 and (
                        note is null
                        );
                        update "public"."b" set "v" = 'it''s' where "Id" OPERATOR(pg_catalog.=) '10'::pg_catalog.int8 and (
                        note is null
                        );
                        select case when pg_catalog.count(*) OPERATOR(pg_catalog.>) 0 then (%s OPERATOR(pg_catalog.||) pg_catalog.count(*))::int end from "public"."b" where "Id" OPERATOR(pg_catalog.=) '3'::pg_catalog.int8 and not coalesce((
                        note is null
                        ), false);
                        insert into "public"."b" ("Id", "v") overriding system value values ('3', 'new');
                        select case when pg_catalog.count(*) OPERATOR(pg_catalog.>) 0 then (%s OPERATOR(pg_catalog.||) pg_catalog.count(*))::int end from "public"."b" where "Id" OPERATOR(pg_catalog.=) '20'::pg_catalog.int8 and not coalesce((
                        note is null
                        ), false);
                        insert into "public"."b" ("Id", "v") overriding system value values ('20', 'newer');
                        commit;
                        """
                                .replace(
                                        "%s",
                                        "'A row that the filter or time interval of the diff leaves out has a key that"
                                                + " is to be inserted; nothing is changed. Rows: '"));
        repair(diff, "?direction=2to1").statusCode(409).body("detail", containsString("Side A is a query"));
    }

    @Test
    void refusesWhatIsNotComplete() {
        long unfinished = newDiff();
        assertRefused(unfinished, "not done");
        repair(unfinished, "?direction=1to2").body("diff_status", equalTo(status(unfinished)));
        assertRefused(done(TALLY, rows().subList(0, 3), new Targets(TARGET, TARGET)), "than are kept");
        Tally repeated = new Tally(
                Sides.of(5, 4), Sides.ZERO, Sides.of(2, 0), Sides.of(4, 4), Sides.of(2, 2), 2, 2, List.of(2L, 1L));
        assertRefused(done(repeated, rows(), new Targets(TARGET, TARGET)), "NULL or repeated");
        Tally one =
                new Tally(Sides.of(1, 1), Sides.ZERO, Sides.ZERO, Sides.of(1, 1), Sides.ZERO, 1, 1, List.of(1L, 0L));
        DifferingRow shortened = row(Kind.VALUE, 1, Map.of("v", Map.of("a", "x", "b", "y")), List.of("v"));
        assertRefused(done(one, List.of(shortened), new Targets(TARGET, TARGET)), "too long");
        assertRefused(done(TALLY, rows(), null), "by a version");
        long purged = done(TALLY, rows(), new Targets(TARGET, TARGET));
        client().body(Map.of("purged", true))
                .patch("/api/v1/datadiffs/" + purged)
                .then()
                .statusCode(200);
        assertRefused(purged, "purged");
    }

    private static void assertRefused(long diff, String why) {
        repair(diff, "?direction=1to2")
                .statusCode(409)
                .contentType("application/problem+json")
                .body("detail", containsString(why));
    }

    @Test
    void needsADirectionAndADiff() {
        long diff = newDiff();
        for (String query : List.of("", "?direction=", "?direction=3to4")) {
            repair(diff, query).statusCode(422).body("detail[0].loc[1]", equalTo("direction"));
        }
        repair(diff, "?direction=1to2&x=1").statusCode(422).body("detail[0].loc[1]", equalTo("x"));
        repair(999_999_999, "?direction=1to2").statusCode(404);
    }
}
