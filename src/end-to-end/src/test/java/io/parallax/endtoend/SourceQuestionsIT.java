package io.parallax.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What clients may want to know of a source. */
@ExtendWith(InstallationExtension.class)
class SourceQuestionsIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static String source;

    @BeforeAll
    static void tables(Installation installation) throws Exception {
        installation.inSource(
                """
                drop schema if exists asked cascade;
                create schema asked;
                grant usage on schema asked to reader;
                create table asked.keyed (id bigint, code text, "when" timestamptz not null, price numeric(10, 2),
                                          primary key (code, id), unique ("when"));
                insert into asked.keyed values (1, 'a', '2026-01-01 00:00Z', 1.50), (2, 'b', '2026-01-02 00:00Z', null);
                create table asked.keyless as select g % 10 as a, g / 10 as b, g % 2 = 0 as even
                    from generate_series(0, 99) g;
                grant select on all tables in schema asked to reader""");
        source = "/data_sources/" + installation.register("asked", installation.sourceOptions());
    }

    private static Api.Answer ask(Installation installation, String path, ObjectNode body) throws Exception {
        return installation.api().postRaw(source + path, body.toString());
    }

    @Test
    void answersQueries(Installation installation) throws Exception {
        JsonNode answer = ask(
                        installation,
                        "/query",
                        Api.object()
                                .put(
                                        "query",
                                        "select *, true as flag, 'NaN'::float8 as n from asked.keyed order by id;"))
                .json();
        assertThat(answer.path("rows").get(0).toString())
                .isEqualTo(
                        "{\"id\":1,\"code\":\"a\",\"when\":\"2026-01-01 00:00:00+00\",\"price\":1.5,\"flag\":true,\"n\":\"NaN\"}");
        assertThat(answer.path("rows").get(1).path("price").isNull()).isTrue();
        assertThat(answer.path("columns").get(3).toString())
                .isEqualTo(
                        "{\"name\":\"price\",\"type\":\"number\",\"db_type\":\"numeric\",\"is_nullable\":true,\"number\":4}");
        assertThat(answer.path("truncated").asBoolean()).isFalse();
    }

    @Test
    void fillsParametersIn(Installation installation) throws Exception {
        String awkward = "it's \\ $1 ; \u00fc \" --";
        ObjectNode numbered = Api.object()
                .put(
                        "query",
                        "select $1::text as t, id, $3 as n, $4 as b, ($5::jsonb) ->> 'k' as j, ($6::text[])[2] as a,"
                                + " $7::int is null as u from asked.keyed where id = any($2) order by id");
        ArrayNode params = numbered.putArray("params").add(awkward);
        params.addArray().add(2).add(3);
        params.add(-1.5).add(true).addObject().put("k", awkward);
        params.addArray().addNull().add(awkward);
        params.addNull();
        JsonNode row = ask(installation, "/query", numbered).json().path("rows").get(0);
        assertThat(row)
                .isEqualTo(Api.object()
                        .put("t", awkward)
                        .put("id", 2)
                        .put("n", -1.5)
                        .put("b", true)
                        .put("j", awkward)
                        .put("a", awkward)
                        .put("u", true));
        ObjectNode named = Api.object().put("query", "select id, code from asked.keyed where code = :code");
        named.putObject("params").put("code", "b");
        assertThat(ask(installation, "/query", named).json().path("rows").toString())
                .isEqualTo("[{\"id\":2,\"code\":\"b\"}]");
    }

    @Test
    void boundsAnswers(Installation installation) throws Exception {
        JsonNode many = ask(
                        installation,
                        "/query",
                        Api.object().put("query", "select g from generate_series(1, 5000) g(g)"))
                .json();
        assertThat(many.path("rows")).hasSize(1000);
        assertThat(many.path("truncated").asBoolean()).isTrue();
        JsonNode wide = ask(
                        installation,
                        "/query",
                        Api.object().put("query", "select repeat('ü', 100000) as v from generate_series(1, 1000)"))
                .json();
        assertThat(wide.path("truncated").asBoolean()).isTrue();
        assertThat(wide.path("rows").get(0).path("v").textValue()).hasSize(10_000);
        for (int length : List.of(10_000, 10_001)) {
            JsonNode one = ask(
                            installation,
                            "/query",
                            Api.object().put("query", "select repeat('ü', " + length + ") as v"))
                    .json();
            assertThat(one.path("rows").get(0).path("v").textValue()).hasSize(10_000);
            assertThat(one.path("truncated").asBoolean()).isEqualTo(length > 10_000);
        }
    }

    @Test
    void endsQueriesThatTakeTooLong(Installation installation) throws Exception {
        ObjectNode slow =
                Api.object().put("query", "select pg_sleep(3600)::text as x").put("timeout_seconds", 1);
        Api.Answer answer = ask(installation, "/query", slow);
        assertThat(answer.status()).as(answer.body()).isEqualTo(422);
        assertThat(answer.json().path("detail").get(0).path("type").asText()).isEqualTo("Timeout");
        assertThat(ask(installation, "/query", slow.put("timeout_seconds", 61)).status())
                .isEqualTo(422);
    }

    @Test
    void refusesWhatIsNoQuery(Installation installation) throws Exception {
        for (String sql : List.of(
                "delete from asked.keyed",
                "select 1 as x; select 2 as y",
                "select 1, 2",
                "select * from asked.nothing")) {
            Api.Answer answer = ask(installation, "/query", Api.object().put("query", sql));
            assertThat(answer.status()).as(answer.body()).isEqualTo(422);
            assertThat(answer.json().path("detail").get(0).path("type").asText())
                    .isIn("QueryError", "NoSuchTableException");
        }
        for (String params : List.of(
                "{\"y\":1}",
                "[1]",
                "\"x\"",
                "{\"\u00e4\":1}",
                "{\"x\":\"\\u0000\"}",
                "{\"x\":[{\"a\":\"\\ud800\"}]}")) {
            Api.Answer answer = installation
                    .api()
                    .postRaw(source + "/query", "{\"query\":\"select :x as x\",\"params\":" + params + "}");
            assertThat(answer.status()).as(answer.body()).isEqualTo(422);
        }
        assertThat(ask(installation, "/query", Api.object()).status()).isEqualTo(422);
        assertThat(installation
                        .api()
                        .postRaw("/data_sources/999999/query", "{\"query\": \"select 1 as x\"}")
                        .status())
                .isEqualTo(404);
    }

    @Test
    void looksUpSchemas(Installation installation) throws Exception {
        ObjectNode table = Api.object();
        table.putArray("table").add("asked").add("keyed");
        String task = source + "/dataset_schema/"
                + ask(installation, "/dataset_schema", table)
                        .json()
                        .path("task_id")
                        .asLong();
        JsonNode done = await().atMost(PATIENCE)
                .until(
                        () -> installation.api().get(task),
                        answer -> !answer.path("status").asText().equals("waiting"));
        assertThat(done.path("status").asText()).isEqualTo("done");
        assertThat(done.path("result").path("columns"))
                .extracting(column -> column.path("name").asText() + " " + column.path("is_nullable"))
                .containsExactly("id false", "code false", "when false", "price true");
    }

    @Test
    void saysWhyThereIsNoSchema(Installation installation) throws Exception {
        ObjectNode table = Api.object();
        table.putArray("table").add("asked").add("nothing");
        String task = source + "/dataset_schema/"
                + ask(installation, "/dataset_schema", table)
                        .json()
                        .path("task_id")
                        .asLong();
        JsonNode failed = await().atMost(PATIENCE)
                .until(
                        () -> installation.api().get(task),
                        answer -> !answer.path("status").asText().equals("waiting"));
        assertThat(failed.path("status").asText()).isEqualTo("failed");
        assertThat(failed.path("result").path("error").asText())
                .contains("nothing")
                .isEqualTo(failed.path("error").asText());
    }

    @Test
    void guessesKeys(Installation installation) throws Exception {
        assertThat(guessed(installation, "keyed")).isEqualTo("[{\"pk\":[\"when\"]},{\"pk\":[\"code\",\"id\"]}]");
        assertThat(guessed(installation, "keyless")).isEqualTo("[{\"pk\":[\"a\",\"b\"]}]");
    }

    @Test
    void guessesTheKeysThatAreAskedFor(Installation installation) throws Exception {
        assertThat(guessed(installation, "keyed", Api.object().put("candidates", 1)))
                .isEqualTo("[{\"pk\":[\"when\"]}]");
        ObjectNode avoiding = Api.object().put("candidates", 1);
        avoiding.putArray("avoid_names").add("WHEN");
        assertThat(guessed(installation, "keyed", avoiding)).isEqualTo("[{\"pk\":[\"code\",\"id\"]}]");
        ObjectNode untimed = Api.object();
        untimed.putArray("avoid_types").add("db:timestamptz").add("bigint");
        assertThat(guessed(installation, "keyed", untimed)).isEqualTo("[{\"pk\":[\"code\"]}]");
        ObjectNode ofTwo = Api.object();
        ofTwo.putArray("candidates").add("id").add("code");
        assertThat(guessed(installation, "keyed", ofTwo)).isEqualTo("[{\"pk\":[\"code\",\"id\"]}]");
    }

    private static String guessed(Installation installation, String name) throws Exception {
        return guessed(installation, name, Api.object());
    }

    private static String guessed(Installation installation, String name, ObjectNode table) throws Exception {
        table.putArray("table").add("asked").add(name);
        return ask(installation, "/guess_pk", table).json().path("candidates").toString();
    }
}
