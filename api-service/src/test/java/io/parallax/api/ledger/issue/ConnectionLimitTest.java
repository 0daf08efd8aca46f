package io.parallax.api.ledger.issue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import io.parallax.api.LedgerScenario;
import io.parallax.api.datasources.SourceQuestions;
import io.parallax.api.datasources.SourceTests;
import io.parallax.api.messaging.Channels;
import io.parallax.contract.message.Job;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What sources with few connections are spared. */
@QuarkusTest
class ConnectionLimitTest extends LedgerScenario {
    @Inject
    SourceQuestions questions;

    @Inject
    SourceTests tests;

    @Test
    void refusesDiffsThatNeedMore() {
        long one = newSource(", \"max_allowed_connections\": 1");
        long two = newSource(", \"max_allowed_connections\": 2");
        long three = newSource(", \"max_allowed_connections\": 3");
        post(one, one, "").statusCode(422).body("detail[0].msg", containsString("needs 3 connections"));
        post(two, two, "").statusCode(422);
        post(three, one, "").statusCode(422).body("detail[0].msg", containsString("needs 2 connections"));
        post(three, two, "").statusCode(200);
        post(three, three, "").statusCode(200);
    }

    @Test
    void questionsAndTestsWaitForRoom() {
        // Given a source that a diff has all connections of
        long source = newSource(", \"max_allowed_connections\": 3");
        long diff = newDiff(source, source);
        await(() -> assertThat(planningJobs(diff)).hasSize(1));

        // When
        execute(
                "insert into source_question (source, question) values ($1, '{\"kind\": \"table_schema\", \"table\": [\"t\"]}')",
                source);
        execute("insert into source_test (source, created_at) values ($1, now())", source);
        send();
        assertThat(asked(source)).isEmpty();

        // When the diff is over
        plan(diff, 0, "a");
        await(() -> assertThat(status(diff)).isEqualTo("done"));
        send();

        // Then one of them at a time has its turn
        await(() -> assertThat(asked(source)).hasSize(1));
        long other = newDiff(source, source);
        sweep();
        settled();
        assertThat(planningJobs(other)).isEmpty();
        assertThat(asked(source)).hasSize(1);
    }

    /** Not that there is no worker. */
    @Test
    void saysThatThereWasNoRoom() {
        long source = newSource(", \"max_allowed_connections\": 3");
        long diff = newDiff(source, source);
        await(() -> assertThat(planningJobs(diff)).hasSize(1));
        long question = one(
                """
                insert into source_question (source, question, created_at)
                values ($1, '{"kind": "table_schema", "table": ["t"]}', now() - interval '1 hour' + interval '1 minute')
                returning id""",
                Tuple.of(source),
                Long.class);
        long test = one(
                "insert into source_test (source, created_at) values ($1, now() - interval '1 hour') returning id",
                Tuple.of(source),
                Long.class);
        send();
        client().get("/api/v1/data_sources/" + source + "/dataset_schema/" + question)
                .then()
                .body("status", equalTo("failed"))
                .body("error", containsString("max_allowed_connections"));
        client().get("/api/v1/data_sources/test/" + test)
                .then()
                .body("status", equalTo("failed"))
                .body("results[0].result.message", containsString("max_allowed_connections"));

        long free = newSource("");
        long unheard = one(
                """
                insert into source_question (source, question, created_at, sent_at)
                values ($1, '{"kind": "table_schema", "table": ["t"]}', now() - interval '59 minutes', now()) returning id""",
                Tuple.of(free),
                Long.class);
        send();
        client().get("/api/v1/data_sources/" + free + "/dataset_schema/" + unheard)
                .then()
                .body("error", containsString("No worker answered"));
    }

    private void send() {
        questions.sweep().await().atMost(PATIENCE);
        tests.sendPending().await().atMost(PATIENCE);
    }

    private List<Job> asked(long source) {
        return sent(Channels.JOBS, Job.class).stream()
                .filter(job -> job instanceof Job.AskSource ask && ask.source().id() == source
                        || job instanceof Job.TestSource test && test.source().id() == source)
                .toList();
    }

    private ValidatableResponse post(long a, long b, String more) {
        return client().body(
                        """
                        {"data_source1_id": %d, "data_source2_id": %d, "table1": ["t"], "table2": ["t"], "pk_columns": ["id"]%s}"""
                                .formatted(a, b, more))
                .post("/api/v1/datadiffs")
                .then();
    }
}
