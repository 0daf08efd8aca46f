package io.parallax.engine;

import static io.parallax.engine.Diffing.query;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parallax.contract.Dataset;
import io.parallax.contract.DiffFailedException;
import io.parallax.contract.DiffSpec;
import io.parallax.contract.ErrorType;
import io.parallax.contract.SourceDetails;
import io.parallax.contract.message.SourceQuestion;
import io.parallax.contract.message.TestStep;
import io.parallax.engine.dialect.Dialects;
import io.parallax.engine.dialect.SourceSessions;
import io.parallax.engine.session.Cancellation;
import io.parallax.engine.session.ConnectionSettings;
import io.parallax.engine.session.Locking;
import io.parallax.engine.session.Session;
import io.parallax.engine.task.Compared;
import io.parallax.engine.task.Planned;
import io.parallax.engine.task.Sizing;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SourceIT {
    private final DiffEngine engine = new DiffEngine(new EngineSettings(
            Diffing.ONE, ConnectionSettings.anywhere("engine-test", Duration.ofSeconds(2), Duration.ofMinutes(1))));

    @BeforeAll
    static void server() {
        TestServer.run("drop role if exists locked", "create role locked login password 'right'");
        TestServer.requirePassword("locked");
    }

    @AfterEach
    void close() {
        engine.close();
    }

    @Test
    void triesASource() {
        assertThat(engine.test(TestServer.source(), null, new Cancellation()))
                .extracting(TestStep::step, TestStep::outcome)
                .containsExactly(
                        tuple("connection", TestStep.Outcome.SUCCESS),
                        tuple("temp_schema", TestStep.Outcome.SKIPPED),
                        tuple("schema_download", TestStep.Outcome.SUCCESS));
    }

    @Test
    void usesTheDatabaseThatIsNamed() {
        TestServer.run("drop database if exists second with (force)", "create database second");
        try {
            SourceDetails second = source(TestServer.options().put("dbname", "second"));
            Dataset names = query("select current_database()::text as name");

            Planned planned = engine.plan(spec(names), TestServer.source(), second, new Cancellation());
            Compared compared = engine.compare(
                    planned.plan().common(),
                    planned.plan().tasks().get(0),
                    TestServer.source(),
                    second,
                    new Cancellation());

            assertThat(compared.tally().exclusives().sum()).isEqualTo(2);
        } finally {
            TestServer.run("drop database second with (force)");
        }
    }

    @Test
    void reportsAnUnknownDatabase() {
        assertFails(TestServer.options().put("dbname", "nowhere"), ErrorType.SOURCE_UNREACHABLE, "nowhere", "dbname");
    }

    @Test
    void reportsAWrongPasswordAndNeverRepeatsIt() {
        assertFails(
                TestServer.options().put("user", "locked").put("password", "wr0ng-s3cret"),
                ErrorType.SOURCE_AUTHENTICATION,
                "locked");
        assertFails(TestServer.options().put("user", "locked").put("password", ""), ErrorType.SOURCE_AUTHENTICATION);
    }

    @Test
    void acceptsTheRightPassword() {
        SourceDetails locked = source(TestServer.options().put("user", "locked").put("password", "right"));

        assertThat(engine.test(locked, null, new Cancellation()).get(0).outcome())
                .isEqualTo(TestStep.Outcome.SUCCESS);
    }

    @Test
    void reportsAnUnknownRole() {
        assertFails(TestServer.options().put("role", "no \"such' role"), ErrorType.SOURCE_AUTHENTICATION, "role");
    }

    @Test
    void takesTheRole() {
        TestServer.run("drop role if exists reader", "create role reader");
        SourceDetails reader = source(TestServer.options().put("role", "reader"));

        Diffing.Outcome outcome =
                Diffing.diff(engine, spec(query("select current_user::text as name")), reader, TestServer.source());

        assertThat(outcome.tally().exclusives().sum()).isEqualTo(2);
    }

    /** What is found out about a server holds for one run of it, and one role. */
    @Test
    void knowsAServerByItsRunAndRole() {
        TestServer.run("drop role if exists known_reader", "create role known_reader");
        try (SourceSessions sessions = new SourceSessions(ConnectionSettings.DEFAULT);
                Session own = sessions.open(TestServer.source(), Locking.NONE, new Cancellation());
                Session other = sessions.open(
                        source(TestServer.options().put("role", "known_reader")), Locking.NONE, new Cancellation())) {
            String run =
                    own.one("select extract(epoch from pg_postmaster_start_time())::text", row -> row.getString(1));

            assertThat(own.server()).contains(run + " postgres");
            assertThat(other.server()).contains(run + " known_reader");
        }
    }

    /** Their answers are not taken for that of the session's beginning. */
    @Test
    void locksWhateverItIsTold() {
        TestServer.run("create table if not exists told_and_locked (id int primary key)");
        SourceDetails told = TestServer.source().with(Map.of("TimeZone", "Asia/Tokyo", "work_mem", "1MB", "a.b", "c"));
        try (SourceSessions sessions = new SourceSessions(ConnectionSettings.DEFAULT);
                Session session = sessions.open(
                        told,
                        Dialects.locking(told, new Dataset(List.of("public", "told_and_locked"), null, null)),
                        new Cancellation())) {
            assertThat(session.<Long>one(
                            "select count(*) from pg_locks l where l.relation = 'told_and_locked'::regclass"
                                    + " and l.pid = pg_backend_pid()",
                            row -> row.getLong(1)))
                    .isOne();
        }
    }

    @Test
    void keepsNoUnusedConnectionToALimitedSource() {
        TestServer.run("drop role if exists plenty", "create role plenty login");
        TestServer.run("drop role if exists scarce", "create role scarce login");
        ObjectNode plenty = TestServer.options().put("user", "plenty");
        ObjectNode scarce = TestServer.options().put("user", "scarce");

        engine.test(source(plenty), null, new Cancellation());
        engine.test(new SourceDetails("pg", scarce, 1), null, new Cancellation());

        TestServer.awaitOne("select count(*) from pg_stat_activity where usename = 'scarce'", 0);
        assertThat(TestServer.one("select count(*) from pg_stat_activity where usename = 'plenty'"))
                .isEqualTo("1");
    }

    /** By itself, {@code drop database} waits 5 seconds for others to leave. */
    @Test
    void letsADatabaseBeDroppedOnceADiffIsOver() {
        TestServer.run("drop database if exists brief", "create database brief");
        SourceDetails brief = source(TestServer.options().put("dbname", "brief"));

        Diffing.diff(engine, spec(query("select 'x'::text as name")), brief, brief);

        TestServer.run("drop database brief");
    }

    @Test
    void keepsConnectionsAsLongAsTheSourceSays() {
        TestServer.run("drop role if exists patient", "create role patient login");
        TestServer.run("drop role if exists hasty", "create role hasty login");
        SourceDetails patient =
                source(TestServer.options().put("user", "patient").put("idle_connection_seconds", 60));
        SourceDetails hasty = source(TestServer.options().put("user", "hasty").put("idle_connection_seconds", 0));

        engine.test(patient, null, new Cancellation());
        engine.test(hasty, null, new Cancellation());

        TestServer.awaitOne("select count(*) from pg_stat_activity where usename = 'hasty'", 0);
        assertThat(TestServer.one("select count(*) from pg_stat_activity where usename = 'patient'"))
                .isEqualTo("1");
        TestServer.run("select pg_terminate_backend(pid) from pg_stat_activity where usename = 'patient'");
    }

    /** The first of two connections is over long before the second. */
    @Test
    void keepsConnectionsFromTheEndOfTheLastWork() {
        TestServer.run("drop role if exists steady", "create role steady login");
        SourceDetails steady = source(TestServer.options().put("user", "steady").put("idle_connection_seconds", 1));
        String sessions = "select count(*) from pg_stat_activity where usename = 'steady'";
        CompletableFuture<?> long3 = CompletableFuture.supplyAsync(() -> engine.answer(
                new SourceQuestion.Query("select pg_sleep(3)::text as slept", 1, null), steady, new Cancellation()));
        TestServer.awaitOne(sessions + " and wait_event = 'PgSleep'", 1);

        engine.test(steady, null, new Cancellation());
        long3.join();

        assertThat(TestServer.one(sessions + " and btrim(query) = 'rollback'"))
                .as("without the one that looks whether somebody waits, and comes and goes: it ends with ROLLBACK")
                .isEqualTo("2");
        TestServer.awaitOne(sessions, 0);
    }

    /** By the server itself, and where the query tells it not to. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "select pg_sleep(600)::text as slept",
                "select set_config('statement_timeout', '0', true) as s, pg_sleep(600)::text as slept"
            })
    void endsAQueryInTime(String sql) {
        long started = System.nanoTime();
        SourceQuestion question = new SourceQuestion.Query(sql, 1, null, 1);

        assertThatThrownBy(() -> engine.answer(question, TestServer.source(), new Cancellation()))
                .isInstanceOfSatisfying(DiffFailedException.class, e -> {
                    assertThat(e.failure().type()).isEqualTo(ErrorType.TIMEOUT);
                    assertThat(e.failure().message()).contains("within 1 seconds", "timeout_seconds");
                });

        assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(Duration.ofSeconds(8));
        TestServer.awaitOne("select count(*) from pg_stat_activity where wait_event = 'PgSleep'", 0);
    }

    @Test
    void givesAQueryTheTimeItAsksFor() {
        SourceQuestion question = new SourceQuestion.Query("select 1 as x, pg_sleep(1.5)::text as s", 1, null, 60);

        assertThat(engine.answer(question, TestServer.source(), new Cancellation())
                        .at("/rows/0/x")
                        .asInt())
                .isEqualTo(1);
    }

    @Test
    void saysWhatItIsWorkingFor() {
        SourceDetails named = TestServer.source().forPurpose("parallax diff 4711");

        JsonNode answer = engine.answer(
                new SourceQuestion.Query("select current_setting('application_name') as name", 1, null),
                named,
                new Cancellation());

        assertThat(answer.at("/rows/0/name").asText()).isEqualTo("parallax diff 4711");
    }

    @Test
    void reportsAServerThatIsDown() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        assertFails(TestServer.options().put("port", port), ErrorType.SOURCE_UNREACHABLE, "port");
    }

    @Test
    void reportsAServerThatNeverAnswersInTime() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            long started = System.nanoTime();
            assertFails(
                    TestServer.options().put("port", silent.getLocalPort()),
                    ErrorType.SOURCE_UNREACHABLE,
                    "127.0.0.1, " + silent.getLocalPort());
            assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(Duration.ofSeconds(8));
        }
    }

    @Test
    void namesAHostThatIsUnknown() {
        assertFails(
                TestServer.options().put("host", "no-such-host.invalid"),
                ErrorType.SOURCE_UNREACHABLE,
                "There is no host named no-such-host.invalid.");
    }

    @Test
    void saysThatAServerIsFull() {
        TestServer.run("drop role if exists crowded", "create role crowded login connection limit 0");
        assertFails(
                TestServer.options().put("user", "crowded"),
                ErrorType.SOURCE_UNREACHABLE,
                "too many connections for role",
                "has no connection left for this login",
                "max_allowed_connections");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "host | localhost/postgres?ssl=false&x=",
                "host | a,b",
                "host | 127.0.0.1:1",
                "host | ''",
                "port | 0",
                "port | 70000",
                "port | x",
                "idle_connection_seconds | 61",
                "idle_connection_seconds | -1",
                "sslmode | disable",
                "dbname | ''",
                "user | ''",
            })
    void refusesOptionsThatCannotBe(String option, String value) {
        assertFails(TestServer.options().put(option, value), ErrorType.SOURCE_UNREACHABLE);
    }

    @Test
    void refusesOtherKindsOfSources() {
        SourceDetails mysql = new SourceDetails("mysql", TestServer.options());

        assertThat(engine.test(mysql, null, new Cancellation()).get(0).code()).isEqualTo("Unsupported");
    }

    @Test
    void requiresEncryptionWhereAskedTo() {
        assertFails(TestServer.options().put("sslmode", "require"), ErrorType.SOURCE_AUTHENTICATION, "SSL");
    }

    @Test
    void comparesAcrossEncodings() {
        TestServer.run(
                "drop database if exists latin with (force)",
                "create database latin template template0 encoding 'LATIN1' locale 'C'",
                "drop table if exists words",
                "create table words (name text primary key, v text)",
                "insert into words select chr(g) || chr(400 - g), chr(g) || 'v' from generate_series(150, 250) g");
        SourceDetails latin = source(TestServer.options().put("dbname", "latin"));
        String fromLatin = "select chr(g) || chr(400 - g) as name, case g when 200 then 'é' else chr(g) || 'v' end as v"
                + " from generate_series(150, 250) g";
        DiffSpec spec = new DiffSpec(
                new Dataset(List.of("words"), null, null), query(fromLatin), List.of("name"), List.of(), List.of());

        for (Sizing sizing : List.of(Diffing.ONE, Diffing.TINY)) {
            Diffing.Outcome outcome = Diffing.diff(Diffing.engine(sizing), spec, TestServer.source(), latin);

            assertThat(outcome.tally().comparedRows()).isEqualTo(101);
            assertThat(outcome.tally().rowsWithDifferences()).isEqualTo(1);
            assertThat(outcome.effort().dirtyBuckets()).isEqualTo(1);
        }
    }

    @Test
    void endsAStatementThatTakesTooLong() {
        DiffEngine hasty = new DiffEngine(new EngineSettings(
                Sizing.DEFAULT,
                ConnectionSettings.anywhere("engine-test", Duration.ofSeconds(5), Duration.ofMillis(300))));
        DiffSpec slow = spec(query("select 'a' as name from pg_sleep(30)"));

        assertThatThrownBy(() -> Diffing.diff(hasty, slow, TestServer.source(), TestServer.source()))
                .isInstanceOfSatisfying(
                        DiffFailedException.class,
                        e -> assertThat(e.failure().type()).isEqualTo(ErrorType.TIMEOUT));
    }

    @Test
    void stopsWhenCancelled() throws Exception {
        DiffSpec slow = spec(query("select 'a' as name from pg_sleep(60)"));
        Planned planned = engine.plan(slow, TestServer.source(), TestServer.source(), new Cancellation());
        Cancellation cancellation = new Cancellation();
        CompletableFuture<Compared> running = CompletableFuture.supplyAsync(() -> engine.compare(
                planned.plan().common(),
                planned.plan().tasks().get(0),
                TestServer.source(),
                TestServer.source(),
                cancellation));
        TestServer.awaitOne(
                "select count(*) from pg_stat_activity where query like '%pg_sleep(60)%' and state = 'active'"
                        + " and pid <> pg_backend_pid()",
                2);

        cancellation.cancel();

        assertThatThrownBy(() -> running.get(10, TimeUnit.SECONDS))
                .cause()
                .isInstanceOfSatisfying(
                        DiffFailedException.class,
                        e -> assertThat(e.failure().type()).isEqualTo(ErrorType.CANCELLED));
    }

    @Test
    void stopsOneSideWhenTheOtherFails() {
        DiffSpec spec = new DiffSpec(
                query("select 'a' as name from pg_sleep(60)"),
                query("select (1 / (random() * 0)::int)::text as name"),
                List.of("name"),
                List.of(),
                List.of());

        assertThatThrownBy(() -> Diffing.diff(engine, spec, TestServer.source(), TestServer.source()))
                .hasMessageContaining("Side B")
                .isInstanceOfSatisfying(
                        DiffFailedException.class,
                        e -> assertThat(e.failure().type()).isEqualTo(ErrorType.QUERY_ERROR));
    }

    private void assertFails(ObjectNode options, ErrorType type, String... words) {
        TestStep connection =
                engine.test(source(options), null, new Cancellation()).get(0);

        assertThat(connection.outcome()).isEqualTo(TestStep.Outcome.FAILED);
        assertThat(connection.code()).as(connection.message()).isEqualTo(type.publicName());
        assertThat(connection.message()).doesNotContain("s3cret");
        assertThat(words).allSatisfy(word -> assertThat(connection.message()).contains(word));
    }

    private static SourceDetails source(ObjectNode options) {
        return new SourceDetails("pg", options);
    }

    private static DiffSpec spec(Dataset both) {
        return new DiffSpec(both, both, List.of("name"), List.of(), List.of());
    }

    @Test
    void connectsToPermittedHostsOnly() {
        DiffEngine fenced = new DiffEngine(new EngineSettings(
                Diffing.ONE,
                new ConnectionSettings(
                        "engine-test", Duration.ofSeconds(2), Duration.ofMinutes(1), "", "127.0.0.0/8, ::1")));
        TestStep refused =
                fenced.test(TestServer.source(), null, new Cancellation()).get(0);
        assertThat(refused.code()).isEqualTo("Unsupported");
        assertThat(refused.message()).contains("not allowed by the operator");

        DiffEngine open = new DiffEngine(new EngineSettings(
                Diffing.ONE,
                new ConnectionSettings(
                        "engine-test", Duration.ofSeconds(2), Duration.ofMinutes(1), "127.0.0.0/8 ::1", "")));
        assertThat(open.test(TestServer.source(), null, new Cancellation())
                        .get(0)
                        .outcome())
                .isEqualTo(TestStep.Outcome.SUCCESS);
    }
}
