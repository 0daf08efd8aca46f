package io.parallax.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parallax.standalone.embedded.FreePort;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is wrong is said in the right place, in words that help, and harms nobody. */
@ExtendWith(InstallationExtension.class)
class BadInputIT {
    private static final Duration SOON = Duration.ofSeconds(30);

    private static Installation installation;
    private static long source;

    @BeforeAll
    static void createTables(Installation started) throws Exception {
        installation = started;
        installation.inSource(
                """
                create table item_a as select g as id, 'item ' || g as name from generate_series(1, 100) g;
                create table item_b as select * from item_a;
                create table item_keyless as select name from item_a""");
        source = installation.register("items", installation.sourceOptions());
    }

    @AfterEach
    void theServicesLiveAndNothingIsWritten() throws Exception {
        assertThat(installation.services()).allMatch(ServiceProcess::alive).allMatch(ServiceProcess::ready);
        assertThat(rows("item_a")).isEqualTo(100);
        assertThat(rows("item_b")).isEqualTo(100);
    }

    @AfterAll
    static void aGoodDiffSucceedsAsBefore() throws Exception {
        JsonNode summary = run(items());
        assertThat(summary.path("status").asText()).as(summary.toString()).isEqualTo("success");
        assertThat(summary.path("pks").path("distincts").toString()).isEqualTo("[100,100]");
    }

    static Stream<Arguments> datasetsThatCannotBeCompared() {
        return Stream.of(
                Arguments.of("{'table1': ['public', 'item_missing']}", "NoSuchTableException", "item_missing"),
                Arguments.of("{'table2': ['nowhere', 'item_b']}", "NoSuchTableException", "nowhere"),
                Arguments.of("{'pk_columns': ['ident']}", "NoSuchColumnException", "ident"),
                Arguments.of("{'table2': ['public', 'item_keyless']}", "NoSuchColumnException", "id"),
                Arguments.of("{'include_columns': ['colour']}", "NoSuchColumnException", "colour"),
                Arguments.of("{'filter1': 'this is no SQL'}", "QueryError", ""),
                Arguments.of("{'filter1': 'colour = 1'}", "NoSuchColumnException", "colour"),
                Arguments.of("{'filter1': 'id > 1) or (1 = 1'}", "QueryError", ""),
                Arguments.of("{'filter1': '1 = 1; delete from item_a'}", "QueryError", ""),
                Arguments.of(
                        "{'filter1': '1 = 1) q; commit; begin read write; delete from item_a; --'}", "QueryError", ""),
                Arguments.of("{'filter1': '1 = 1 /* open'}", "QueryError", ""),
                Arguments.of("{'filter1': '1 = 1 -- the rest is silence'}", "", ""),
                Arguments.of("{'table1': null, 'query1': 'delete from item_a returning id'}", "QueryError", ""),
                Arguments.of(
                        "{'table1': null, 'query1': 'with gone as (delete from item_a returning *) select * from gone'}",
                        "QueryError",
                        ""),
                Arguments.of(
                        "{'table1': null, 'query1': 'select 1 as id; commit; begin read write; delete from item_a'}",
                        "QueryError",
                        ""),
                Arguments.of("{'table1': null, 'query1': 'select id, id from item_a'}", "QueryError", "id"));
    }

    @ParameterizedTest
    @MethodSource("datasetsThatCannotBeCompared")
    void failsTheDiff(String change, String errorType, String hint) throws Exception {
        JsonNode summary = run(changed(change));
        if (errorType.isEmpty()) {
            assertThat(summary.path("status").asText()).as(summary.toString()).isEqualTo("success");
            return;
        }
        assertFailed(summary, errorType, hint);
    }

    @Test
    void writesNothingThroughAFunctionOfTheSource() throws Exception {
        long before = count("select count(*) from pg_largeobject_metadata");
        run(changed("{'table1': null, 'query1': 'select id, name, lo_create(0) as made from item_a'}"));
        assertThat(count("select count(*) from pg_largeobject_metadata")).isEqualTo(before);
    }

    @Test
    void namesASourceThatIsDown() throws Exception {
        long down = installation.register("down", installation.sourceOptions().put("port", FreePort.any()));
        assertFailed(run(items().put("data_source1_id", down)), "SourceUnreachable", "127.0.0.1");
    }

    @Test
    void namesASourceThatNeverAnswers() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"))) {
            long id =
                    installation.register("silent", installation.sourceOptions().put("port", silent.getLocalPort()));
            assertFailed(run(items().put("data_source2_id", id)), "SourceUnreachable", "Check host and port");
        }
    }

    @Test
    void namesAWrongPassword() throws Exception {
        long id = installation.register("locked", installation.sourceOptions().put("password", "not the password"));
        assertFailed(run(items().put("data_source1_id", id)), "SourceAuthentication", "password");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"data_source1_id\": 1,",
                "[]",
                "null",
                "\"diff\"",
                "",
                "{'data_source1_id': 'one'}",
                "{'data_source1_id': 999999}",
                "{'table1': 'item_a'}",
                "{'table1': ['a', 'b', 'c', 'd']}",
                "{'table1': null}",
                "{'query1': 'select 1'}",
                "{'pk_columns': []}",
                "{'pk_columns': [1]}",
                "{'pk_columns': null}",
                "{'filter1': 5}",
                "{'sampling_tolerance': 0.001}",
                "{'infer_pk': true}",
                "{'time_travel_point1': -60}"
            })
    void refusesABody(String change) throws Exception {
        String body = change.startsWith("{'") ? changed(change).toString() : change;
        Api.Answer answer = installation.api().postRaw("/datadiffs", body);
        assertProblem(answer, 422);
        JsonNode faults = answer.json().path("detail");
        assertThat(faults.isArray()).as(answer.body()).isTrue();
        assertThat(faults).isNotEmpty().allSatisfy(fault -> {
            assertThat(fault.path("loc").isArray()).isTrue();
            assertThat(fault.path("msg").asText()).isNotBlank();
            assertThat(fault.path("type").asText()).isNotBlank();
        });
    }

    @Test
    void saysAllThatIsWrongAtOnce() throws Exception {
        Api.Answer answer = installation
                .api()
                .postRaw(
                        "/datadiffs",
                        changed("{'data_source1_id': 999999, 'filter1': 5, 'pk_columns': []}")
                                .toString());
        assertProblem(answer, 422);
        assertThat(answer.json().path("detail")).hasSizeGreaterThanOrEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource({"/datadiffs", "/datadiffs/1", "/datadiffs/1/summary_results", "/data_sources", "/organization/meta"})
    void letsNobodyInWithoutAKey(String path) throws Exception {
        assertProblem(installation.api().getAs(path, Optional.empty()), 401);
        assertProblem(installation.api().getAs(path, Optional.of("Key wrong")), 401);
        assertProblem(installation.api().getAs(path, Optional.of("Basic d3Jvbmc6d3Jvbmc=")), 401);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/datadiffs/999999", "/datadiffs/999999/summary_results", "/data_sources/999999", "/nothing"})
    void knowsWhatIsNotThere(String path) throws Exception {
        assertProblem(
                installation
                        .api()
                        .getAs(path, Optional.of("Key " + installation.secrets().get(1))),
                404);
    }

    private static JsonNode run(ObjectNode request) throws Exception {
        long diff = installation.api().post("/datadiffs", request).path("id").asLong();
        return installation.api().finished(diff, SOON);
    }

    private static ObjectNode items() {
        ObjectNode body = Api.object().put("data_source1_id", source).put("data_source2_id", source);
        body.putArray("table1").add("public").add("item_a");
        body.putArray("table2").add("public").add("item_b");
        body.putArray("pk_columns").add("id");
        return body;
    }

    /** The good request with these fields instead; single quotes stand for double ones. */
    private static ObjectNode changed(String change) {
        ObjectNode body = items();
        body.setAll((ObjectNode) new Api.Answer(0, "", change.replace('\'', '"')).json());
        return body;
    }

    private static void assertFailed(JsonNode summary, String errorType, String hint) {
        assertThat(summary.path("status").asText()).as(summary.toString()).isEqualTo("failed");
        JsonNode error = summary.path("error");
        assertThat(error.path("error_type").asText()).as(summary.toString()).isEqualTo(errorType);
        assertThat(error.path("error_value").asText()).contains(hint).matches("(?s).{20,}");
        assertThat(error.path("is_retryable").asBoolean()).isEqualTo(errorType.equals("SourceUnreachable"));
        assertNoInternals(summary.toString());
    }

    private static void assertProblem(Api.Answer answer, int status) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(answer.contentType()).startsWith("application/problem+json");
        assertThat(answer.json().path("status").asInt()).isEqualTo(status);
        assertThat(answer.json().path("title").asText()).isNotBlank();
        assertThat(answer.json().path("detail").toString()).hasSizeGreaterThan(4);
        assertNoInternals(answer.body());
    }

    private static void assertNoInternals(String text) {
        assertThat(text).doesNotContain("Exception:", "\tat ", "io.parallax", "org.postgresql", "jakarta.");
    }

    private static long rows(String table) throws SQLException {
        return count("select count(*) from " + table);
    }

    private static long count(String sql) throws SQLException {
        try (Connection connection = installation.source()) {
            return Installation.number(connection, sql);
        }
    }
}
