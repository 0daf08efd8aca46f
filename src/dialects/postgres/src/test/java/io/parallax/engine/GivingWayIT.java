package io.parallax.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parallax.contract.Codec;
import io.parallax.contract.Dataset;
import io.parallax.contract.DiffFailedException;
import io.parallax.contract.DiffSpec;
import io.parallax.contract.ErrorType;
import io.parallax.contract.SourceDetails;
import io.parallax.contract.Workspace;
import io.parallax.contract.message.SourceQuestion;
import io.parallax.engine.session.Cancellation;
import io.parallax.engine.task.Compared;
import io.parallax.engine.task.Databases;
import io.parallax.engine.task.HeldSnapshot;
import io.parallax.engine.task.Planned;
import io.parallax.engine.task.Sizing;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Nobody waits for our locks for more than some seconds, however long our statements take. */
class GivingWayIT {
    private static final String HOLDERS_ARE = "Locks are held by ";

    private static final String HOLDERS =
            """
            select coalesce(string_agg(concat_ws(' ', a.pid, a.application_name, a.state, a.wait_event, now() - a.xact_start,
                now() - a.query_start, l.mode, l.granted, a.query), chr(10)), 'nobody any more')
            from pg_locks l join pg_stat_activity a using (pid) where l.relation = to_regclass('yielding.t')""";

    /** Of statements that our diffs would hold up for a minute and more. */
    private static final String PATIENCE = "set statement_timeout to '6s'";

    private static final String SLOW =
            """
            create or replace function yielding.slow() returns boolean language plpgsql volatile as
            $$ begin perform pg_sleep(%s); return true; end $$""";

    private static final String SLEEPING =
            """
            select (count(*) > 0)::int from pg_stat_activity
            where application_name = 'engine-test' and wait_event = 'PgSleep'""";

    private static final Sizing AT_ONCE = new Sizing(10_000, 16, 3, 20, 3, 20, 30, Sizing.Approach.MEASURED);
    private static final Sizing PIECES = new Sizing(0, 600, 1000, 20, 3, 300, 1_000_000, Sizing.Approach.PIECES);
    private static final Sizing SEGMENTS = new Sizing(0, 600, 1000, 3, 3, 1000, 1_000_000, Sizing.Approach.SEGMENTS);

    private static final String ADD_COLUMN = "alter table yielding.t add column more int";

    @BeforeEach
    void tables() {
        TestServer.awaitOne(
                "select count(*) from pg_stat_activity where application_name = 'engine-test'" + " and state <> 'idle'",
                0);
        TestServer.run(
                "drop schema if exists yielding cascade",
                "create schema yielding",
                SLOW.formatted("0"),
                "create table yielding.b as select g as id, g % 7 as v from generate_series(1, 3000) g",
                "alter table yielding.b add primary key (id)",
                "create table yielding.t as table yielding.b",
                "alter table yielding.t add primary key (id)",
                "create view yielding.seen as select id, v from yielding.t",
                "create materialized view yielding.kept as select * from yielding.b",
                "create table yielding.parted (id int, v int) partition by range (id)",
                "create table yielding.low partition of yielding.parted for values from (0) to (2000)",
                "create table yielding.high partition of yielding.parted for values from (2000) to (5000)",
                "create table yielding.next (id int, v int)",
                "insert into yielding.parted select * from yielding.b",
                "analyze yielding.t, yielding.b");
    }

    private static Dataset slow(String name) {
        return new Dataset(List.of("yielding", name), null, "yielding.slow()");
    }

    private static Dataset all(String name) {
        return new Dataset(List.of("yielding", name), null, null);
    }

    private static DiffSpec spec(Dataset a, Dataset b) {
        return new DiffSpec(a, b, List.of("id"), List.of("v"), List.of());
    }

    private static DiffEngine engine(Sizing sizing) {
        return Diffing.engine(sizing);
    }

    private static Planned plan(DiffEngine engine, DiffSpec spec) {
        return engine.plan(spec, TestServer.source(), TestServer.source(), new Cancellation());
    }

    /** A statement, what it waits for, and the table that others want to read meanwhile. */
    record Ddl(String sql, String dataset, String table) {
        @Override
        public String toString() {
            return sql;
        }
    }

    static List<Ddl> ddls() {
        return List.of(
                new Ddl(ADD_COLUMN, "t", "t"),
                new Ddl("begin; lock table yielding.t; commit", "t", "t"),
                new Ddl("truncate yielding.t", "t", "t"),
                new Ddl("vacuum full yielding.t", "t", "t"),
                new Ddl("drop table yielding.t cascade", "seen", "b"),
                new Ddl("reindex table yielding.t", "t", "t"),
                new Ddl("refresh materialized view yielding.kept", "kept", "kept"),
                new Ddl("alter table yielding.parted detach partition yielding.high", "parted", "parted"),
                new Ddl("truncate yielding.high", "parted", "high"),
                new Ddl("create index concurrently on yielding.t (v)", "t", "t"));
    }

    @ParameterizedTest
    @MethodSource("ddls")
    void letsAnyStatementThrough(Ddl ddl) throws Exception {
        assertGivesWay(ddl.sql, ddl.table, () -> plan(engine(AT_ONCE), spec(slow(ddl.dataset), all("b"))));
    }

    @Test
    void givesWayOnSideB() throws Exception {
        assertGivesWay(ADD_COLUMN, "t", () -> plan(engine(AT_ONCE), spec(slow("b"), slow("t"))));
    }

    /** Whose own transaction has nothing to do meanwhile. */
    @Test
    void givesWayWithTheSideThatWaitsForTheOther() throws Exception {
        assertGivesWay(ADD_COLUMN, "t", () -> plan(engine(AT_ONCE), spec(all("t"), slow("b"))));
    }

    @Test
    void givesWayInKeyRanges() throws Exception {
        assertGivesWayInATask(engine(SEGMENTS), spec(slow("t"), slow("b")), "key ranges");
    }

    @Test
    void givesWayInAJoin() throws Exception {
        assertGivesWayInATask(
                engine(new Sizing(0, 600, 1000, 3, 3, 1000, 1, Sizing.Approach.SEGMENTS, Sizing.Search.KEYS)),
                spec(slow("t"), slow("b")),
                "key ranges");
    }

    @Test
    void givesWayWithAQuery() throws Exception {
        Dataset query = new Dataset(null, "select id, v from yielding.t where yielding.slow()", null);
        assertGivesWayInATask(engine(SEGMENTS), spec(query, all("b")), "hash slices");
    }

    @Test
    void givesWayWithAPieceAndWithItsSnapshot() throws Exception {
        TestServer.assumePieces();
        DiffEngine engine = engine(PIECES);
        Planned planned = plan(engine, spec(slow("t"), slow("b")));
        try (HeldSnapshot held = Objects.requireNonNull(planned.hold())) {
            CompletableFuture<Void> told = new CompletableFuture<>();
            held.whenGivenWay(() -> told.complete(null));
            assertGivesWay(ADD_COLUMN, "t", () -> run(engine, planned));

            told.join();
            assertThat(held.check()).isFalse();
            assertThat(held.loss())
                    .hasValueSatisfying(loss -> assertThat(loss.givesWay()).isTrue());
        }
    }

    @Test
    void letsGoOfASnapshotThatNobodyReads() throws Exception {
        TestServer.assumePieces();
        Planned planned = plan(engine(PIECES), spec(slow("t"), slow("b")));
        try (HeldSnapshot held = Objects.requireNonNull(planned.hold());
                Bystanders bystanders = new Bystanders(ADD_COLUMN, "t")) {
            bystanders.awaitEnd();
            assertThat(held.check()).isFalse();
            assertThat(held.loss().orElseThrow().failure().message()).contains(ADD_COLUMN);
        }
    }

    @Test
    void givesWayInARecheck() throws Exception {
        TestServer.run("update yielding.t set v = -1 where id < 10");
        DiffEngine engine = engine(AT_ONCE);
        Planned planned = plan(engine, spec(slow("t"), slow("b")));
        ObjectNode body = Codec.mapper().createObjectNode().put("kind", "recheck");
        body.putArray("keys").addObject().put("id", 1).putObject("key").put("id", 1);
        assertGivesWay(
                ADD_COLUMN,
                "t",
                () -> engine.compare(
                        planned.plan().common(), body, TestServer.source(), TestServer.source(), new Cancellation()),
                20);
    }

    @Test
    void givesWayWhileADatasetIsCopied() throws Exception {
        Workspace workspace = new Workspace("parallax_00000000c01a9a77_", "yielding", null, null);
        DiffSpec spec = DiffSpec.draft(slow("t"), all("b"), List.of("id"), List.of("v"), List.of())
                .workspace(workspace)
                .spec();
        Databases databases = new Databases(TestServer.source(), TestServer.source());
        assertGivesWay(ADD_COLUMN, "t", () -> engine(AT_ONCE)
                .plan(spec, databases, null, "parallax_00000000c01a9a77_tmp_", new Cancellation()));
    }

    static List<SourceQuestion> questions() {
        return List.of(
                new SourceQuestion.Query("select * from yielding.t where yielding.slow()", 2000, Map.of()),
                new SourceQuestion.Query("select *, yielding.slow() from yielding.t", 2000, null));
    }

    @ParameterizedTest
    @MethodSource("questions")
    void givesWayInAnswers(SourceQuestion question) throws Exception {
        assertGivesWay(
                ADD_COLUMN, "t", () -> engine(AT_ONCE).answer(question, TestServer.source(), new Cancellation()));
    }

    /** Who sees nobody else's statements sees their locks all the same. */
    @Test
    void givesWayToWhomItDoesNotKnow() throws Exception {
        TestServer.run(
                "do $$ begin if not exists (select from pg_roles where rolname = 'yielding_reader') then"
                        + " create role yielding_reader login; end if; end $$",
                "grant usage on schema yielding to yielding_reader",
                "grant select on all tables in schema yielding to yielding_reader");
        SourceDetails reader = new SourceDetails("pg", TestServer.options().put("user", "yielding_reader"));
        DiffFailedException failure = assertGivesWay(
                ADD_COLUMN,
                "t",
                () -> engine(AT_ONCE).plan(spec(slow("t"), all("b")), reader, reader, new Cancellation()),
                1,
                "AccessExclusiveLock on yielding.t");
        assertThat(failure.failure().message()).doesNotContain("alter table");
    }

    /** The look has the one connection more that a limited source has room for. */
    @ParameterizedTest
    @ValueSource(ints = {3, 20})
    void givesWayInALimitedSource(int most) throws Exception {
        SourceDetails limited = new SourceDetails("pg", TestServer.options(), most);
        assertGivesWay(ADD_COLUMN, "t", () -> engine(AT_ONCE)
                .plan(spec(slow("t"), all("b")), limited, limited, new Cancellation()));
    }

    private void assertGivesWayInATask(DiffEngine engine, DiffSpec spec, String algorithm) throws Exception {
        Planned planned = plan(engine, spec);
        try (HeldSnapshot held = planned.hold()) {
            assertThat(planned.plan().algorithm()).isEqualTo(algorithm);
            assertGivesWay(ADD_COLUMN, "t", () -> run(engine, planned));
        }
    }

    private static Compared run(DiffEngine engine, Planned planned) {
        JsonNode task = planned.plan().tasks().get(0);
        return engine.compare(
                planned.plan().common(), task, TestServer.source(), TestServer.source(), new Cancellation());
    }

    private static DiffFailedException assertGivesWay(String ddl, String table, Runnable work) throws Exception {
        return assertGivesWay(ddl, table, work, 0.05);
    }

    private static DiffFailedException assertGivesWay(String ddl, String table, Runnable work, double seconds)
            throws Exception {
        String last = ddl.replaceAll("begin; |; commit", "");
        return assertGivesWay(ddl, table, work, seconds, last);
    }

    /** {@code seconds}: what each row takes. */
    private static DiffFailedException assertGivesWay(
            String ddl, String table, Runnable work, double seconds, String shown) throws Exception {
        TestServer.run(SLOW.formatted(String.valueOf(seconds)));
        CompletableFuture<Void> ours = CompletableFuture.runAsync(work);
        TestServer.awaitOne(SLEEPING, 1);
        try (Bystanders bystanders = new Bystanders(ddl, table)) {
            bystanders.awaitEnd();
        }
        DiffFailedException failure = failure(ours);
        assertThat(failure.givesWay()).isTrue();
        assertThat(failure.losesPlan()).isTrue();
        assertThat(failure.failure().type()).isEqualTo(ErrorType.TIMEOUT);
        assertThat(failure.failure().message()).contains(shown);
        return failure;
    }

    private static DiffFailedException failure(CompletableFuture<Void> ours) {
        try {
            ours.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof DiffFailedException failure) {
                return failure;
            }
            throw e;
        }
        throw new AssertionError("it did not give way");
    }

    /** One session that runs a statement, and one that wants to read the table behind it; both within some seconds. */
    private static final class Bystanders implements AutoCloseable {
        private final CompletableFuture<Void> ddl;
        private final CompletableFuture<Void> reader;

        Bystanders(String statement, String table) {
            ddl = CompletableFuture.runAsync(() -> patiently("bystander", statement));
            TestServer.awaitOne(
                    "select (count(*) > 0)::int from pg_locks l join pg_stat_activity a using (pid)"
                            + " where not l.granted and a.application_name = 'bystander'",
                    1);
            reader = CompletableFuture.runAsync(() -> patiently("reader", "select count(*) from yielding." + table));
        }

        private static void patiently(String name, String sql) {
            try (Connection connection = TestServer.connect();
                    Statement statement = connection.createStatement()) {
                connection.setClientInfo("ApplicationName", name);
                statement.execute(PATIENCE);
                statement.execute(sql);
            } catch (SQLException e) {
                throw new IllegalStateException(HOLDERS_ARE + TestServer.one(HOLDERS), e);
            }
        }

        void awaitEnd() {
            ddl.join();
            reader.join();
        }

        @Override
        public void close() {
            CompletableFuture.allOf(ddl, reader).exceptionally(e -> null).join();
        }
    }
}
