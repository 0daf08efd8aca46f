package io.parallax.dialect.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parallax.contract.DiffFailedException;
import io.parallax.contract.DiffSpec;
import io.parallax.contract.SourceDetails;
import io.parallax.contract.message.SourceQuestion;
import io.parallax.engine.DiffEngine;
import io.parallax.engine.Diffing;
import io.parallax.engine.EngineSettings;
import io.parallax.engine.TestServer;
import io.parallax.engine.session.Cancellation;
import io.parallax.engine.session.ConnectionSettings;
import io.parallax.engine.task.Sizing;
import io.parallax.oracle.PgBouncer;
import io.parallax.oracle.needs.Needs;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Sources behind a pooler that gives each transaction whichever connection is free. */
@Tag("needs-pgbouncer")
@Needs("pgbouncer")
class PgBouncerIT {
    private static final Sizing IN_TWO = new Sizing(0, 16, 3, 20, 2, 20, 30, Sizing.Approach.SEGMENTS);

    @BeforeAll
    static void tables() {
        TestServer.run("do $$ begin if to_regrole('pooled') is null then create role pooled login; end if; end $$");
        EveryKind.tables("pooled");
    }

    /** Four is what a diff of one source needs where its snapshots are held. */
    @Test
    void comesOutTheSameBehindAPooler() throws Exception {
        try (PgBouncer pooler = PgBouncer.start(TestServer.options().get("port").asInt(), 4)) {
            SourceDetails pooled = source(pooler, "pooled");

            assertThat(EveryKind.of(pooled, pooled)).isEqualTo(EveryKind.expected());
            assertThat(pooler.log()).doesNotContain("unsupported startup parameter");
        }
    }

    /** One connection for each side, whichever session or statement it is for; each session waits for another in vain. */
    @Test
    void leavesNothingBehindOnTheOnlyConnection() throws Exception {
        try (PgBouncer pooler = PgBouncer.start(TestServer.options().get("port").asInt(), 1)) {
            SourceDetails a = source(pooler, "pooled");
            SourceDetails b = source(pooler, "postgres");
            for (Sizing sizing : List.of(Sizing.DEFAULT, IN_TWO)) {
                Diffing.Outcome outcome = Diffing.diff(
                        new DiffEngine(impatient(sizing)),
                        new DiffSpec(
                                Diffing.query(
                                        "select id, t, pg_advisory_lock(4711)::text as l from every.a where id < 50"),
                                Diffing.query("select id, t, '' as l from every.b where id < 50"),
                                List.of("id"),
                                List.of(),
                                List.of()),
                        a,
                        b);
                assertThat(outcome.tally().rowsWithDifferences()).isEqualTo(2);
            }
            assertThat(TestServer.one("select count(*) from pg_locks where locktype = 'advisory'"))
                    .isEqualTo("0");
            assertThat(TestServer.one("select count(*) from pg_stat_activity where usename = 'pooled'"))
                    .isEqualTo("1");
        }
    }

    @Test
    void cancelsThroughThePooler() throws IOException {
        try (PgBouncer pooler = PgBouncer.start(TestServer.options().get("port").asInt(), 1)) {
            Cancellation cancellation = new Cancellation();
            CompletableFuture<?> slow = CompletableFuture.supplyAsync(() -> new DiffEngine(impatient(Sizing.DEFAULT))
                    .answer(
                            new SourceQuestion.Query("select pg_sleep(600)::text as slept", 1, null),
                            source(pooler, "pooled"),
                            cancellation));
            String sleeping =
                    "select count(*) from pg_stat_activity where usename = 'pooled' and wait_event = 'PgSleep'";
            TestServer.awaitOne(sleeping, 1);
            cancellation.cancel();

            assertThatThrownBy(slow::join).hasCauseInstanceOf(DiffFailedException.class);
            TestServer.awaitOne(sleeping, 0);
        }
    }

    /** Soon sure that there is no second connection. */
    private static EngineSettings impatient(Sizing sizing) {
        return new EngineSettings(
                sizing,
                ConnectionSettings.anywhere(
                        "engine-test", Duration.ofSeconds(2), ConnectionSettings.DEFAULT.statementTimeout()));
    }

    private static SourceDetails source(PgBouncer pooler, String user) {
        return new SourceDetails(
                "pg", TestServer.options().put("port", pooler.port()).put("user", user));
    }
}
