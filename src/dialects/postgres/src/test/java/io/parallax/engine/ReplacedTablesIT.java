package io.parallax.engine;

import static io.parallax.engine.Diffing.query;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.parallax.contract.Dataset;
import io.parallax.contract.DiffFailedException;
import io.parallax.contract.DiffSpec;
import io.parallax.contract.SourceDetails;
import io.parallax.contract.message.SourceQuestion;
import io.parallax.contract.tally.Sides;
import io.parallax.contract.tally.Tally;
import io.parallax.engine.postgres.catalog.PostgresCatalog;
import io.parallax.engine.postgres.session.PostgresSessions;
import io.parallax.engine.session.Cancellation;
import io.parallax.engine.session.Locking;
import io.parallax.engine.session.Session;
import io.parallax.engine.session.Sessions;
import io.parallax.engine.task.HeldSnapshot;
import io.parallax.engine.task.Planned;
import io.parallax.engine.task.Sizing;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tables are seen as they were at one moment, whatever others do to them while we wait for their locks. */
class ReplacedTablesIT {
    private static final String WAITING =
            """
            select (count(*) > 0)::int from pg_locks l join pg_stat_activity a using (pid)
            where not l.granted and a.application_name = 'engine-test'""";

    private static final Sizing AT_ONCE = new Sizing(10_000, 16, 3, 20, 3, 20, 30, Sizing.Approach.MEASURED);

    @BeforeEach
    void tables() {
        TestServer.run(
                "drop schema if exists replaced cascade",
                "create schema replaced",
                "create table replaced.b as select g as id, g % 7 as v from generate_series(1, 500) g",
                "alter table replaced.b add primary key (id)",
                "create table replaced.t as table replaced.b",
                "alter table replaced.t add primary key (id)",
                "create table replaced.keys as select id from replaced.b",
                "create view replaced.seen as select * from replaced.t where id > 0",
                "create materialized view replaced.kept as select * from replaced.b",
                "create view replaced.above as select * from replaced.kept",
                "create table replaced.parted (id int, v int) partition by range (id)",
                "create table replaced.low partition of replaced.parted for values from (0) to (251)",
                "create table replaced.high partition of replaced.parted for values from (251) to (1000)",
                "insert into replaced.parted select * from replaced.b",
                "create table replaced.parent (id int, v int)",
                "create table replaced.child () inherits (replaced.parent)",
                "insert into replaced.child select * from replaced.b",
                "create table replaced.guarded as table replaced.b",
                "alter table replaced.guarded enable row level security",
                "create policy known on replaced.guarded using (id in (select k.id from replaced.keys k))",
                "do $$ begin if not exists (select from pg_roles where rolname = 'replaced_reader') then"
                        + " create role replaced_reader login; end if; end $$",
                "grant usage on schema replaced to replaced_reader",
                "grant select on replaced.b, replaced.keys, replaced.guarded to replaced_reader",
                "grant select (id, v) on replaced.t to replaced_reader",
                "analyze replaced.t, replaced.b");
    }

    /** Dataset A, and what another session does to what is below it, without changing a row. */
    record Replacement(String name, Dataset a, List<String> statements) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static Dataset replaced(String name) {
        return new Dataset(List.of("replaced", name), null, null);
    }

    private static final List<String> TRUNCATE =
            List.of("truncate replaced.t", "insert into replaced.t select * from replaced.b");
    private static final List<String> REFRESH = List.of("refresh materialized view replaced.kept");
    private static final List<String> FILL_KEYS =
            List.of("truncate replaced.keys", "insert into replaced.keys select id from replaced.b");

    static List<Replacement> replacements() {
        return List.of(
                new Replacement("truncated", replaced("t"), TRUNCATE),
                new Replacement(
                        "deleted",
                        replaced("t"),
                        List.of(
                                "lock table replaced.t in access exclusive mode",
                                "delete from replaced.t",
                                "insert into replaced.t select * from replaced.b")),
                new Replacement(
                        "rewritten",
                        replaced("t"),
                        List.of("alter table replaced.t add column w uuid default gen_random_uuid()")),
                new Replacement("clustered", replaced("t"), List.of("cluster replaced.t using t_pkey")),
                new Replacement(
                        "swapped",
                        replaced("t"),
                        List.of(
                                "create table replaced.fresh as table replaced.t",
                                "alter table replaced.t rename to old",
                                "alter table replaced.fresh rename to t")),
                new Replacement("with a filter", new Dataset(List.of("replaced", "t"), null, "id > 0"), TRUNCATE),
                new Replacement("below a view", replaced("seen"), TRUNCATE),
                new Replacement("below a query", query("select * from replaced.t where id > 0"), TRUNCATE),
                new Replacement(
                        "below a query's subquery",
                        query("select * from replaced.b where id in (select id from replaced.keys)"),
                        FILL_KEYS),
                new Replacement(
                        "below a filter",
                        new Dataset(List.of("replaced", "t"), null, "id in (select id from replaced.keys)"),
                        FILL_KEYS),
                new Replacement("refreshed", replaced("kept"), REFRESH),
                new Replacement("refreshed below a view", replaced("above"), REFRESH),
                new Replacement(
                        "partition truncated",
                        replaced("parted"),
                        List.of(
                                "truncate replaced.high",
                                "insert into replaced.high select * from replaced.b where id > 250")),
                new Replacement(
                        "partition replaced",
                        replaced("parted"),
                        List.of(
                                "alter table replaced.parted detach partition replaced.high",
                                "create table replaced.higher partition of replaced.parted for values from (251) to (1000)",
                                "insert into replaced.higher select * from replaced.high")),
                new Replacement(
                        "child truncated",
                        replaced("parent"),
                        List.of("truncate replaced.child", "insert into replaced.child select * from replaced.b")));
    }

    @ParameterizedTest
    @MethodSource("replacements")
    void isSeenBeforeOrAfterWhenComparedAtOnce(Replacement replacement) throws Exception {
        assertEqual(during(replacement.statements, () -> tally(AT_ONCE, replacement.a, TestServer.source())));
    }

    @ParameterizedTest
    @MethodSource("replacements")
    void isSeenBeforeOrAfterByEachTask(Replacement replacement) throws Exception {
        DiffEngine engine = Diffing.engine(Diffing.TINY);
        Planned planned =
                engine.plan(spec(replacement.a), TestServer.source(), TestServer.source(), new Cancellation());
        assertThat(planned.plan().tasks()).hasSizeGreaterThan(1);
        try (HeldSnapshot held = planned.hold()) {
            assertEqual(during(replacement.statements, () -> Diffing.finish(
                            engine, planned, TestServer.source(), TestServer.source())
                    .tally()));
        }
    }

    @Test
    void isSeenBeforeOrAfterInPieces() throws Exception {
        assertEqual(during(TRUNCATE, () -> tally(Diffing.PIECES, replaced("t"), TestServer.source())));
    }

    @Test
    void isSeenBeforeOrAfterOnSideB() throws Exception {
        DiffSpec spec = new DiffSpec(replaced("b"), replaced("t"), List.of("id"), List.of(), List.of());
        assertEqual(during(TRUNCATE, () -> Diffing.diff(AT_ONCE, spec).tally()));
        assertEqual(during(TRUNCATE, () -> Diffing.diff(Diffing.PIECES, spec).tally()));
    }

    @Test
    void isSeenBeforeOrAfterByWhoMaySeeSomeColumnsOnly() throws Exception {
        assertEqual(during(TRUNCATE, () -> tally(AT_ONCE, replaced("t"), reader())));
    }

    @Test
    void isSeenBeforeOrAfterWhereAPolicyReadsIt() throws Exception {
        assertEqual(during(FILL_KEYS, () -> tally(AT_ONCE, replaced("guarded"), reader())));
    }

    @Test
    void isSeenBeforeOrAfterByQuestions() throws Exception {
        JsonNode answer = during(TRUNCATE, () -> Diffing.engine(Diffing.ONE)
                .answer(
                        new SourceQuestion.Query("select * from replaced.t", 10, null),
                        TestServer.source(),
                        new Cancellation()));
        assertThat(answer.get("rows")).hasSize(10);
    }

    /** Whoever held the snapshot and its locks is gone between the import and the first look. */
    @Test
    void losesThePlanWhenATableIsNoLongerThatOfTheSnapshot() {
        Sessions sessions = new PostgresSessions(Diffing.settings(Diffing.ONE).connections());
        Session holder = sessions.open(TestServer.source(), new Cancellation());
        String snapshot = holder.exportSnapshot();
        try (Session reader = sessions.open(TestServer.source(), snapshot, new Cancellation())) {
            holder.close();
            TRUNCATE.forEach(TestServer::run);
            assertThat(rows(reader, "replaced.t")).isZero();

            assertThatThrownBy(() -> reader.reading(snapshot))
                    .isInstanceOfSatisfying(DiffFailedException.class, e -> assertThat(e.losesPlan())
                            .isTrue());
        }
    }

    /** Which a reader's lock does not keep away. */
    @Test
    void losesThePlanWhenAPartitionComesAlong() {
        Sessions sessions = new PostgresSessions(Diffing.settings(Diffing.ONE).connections());
        TestServer.run("alter table replaced.parted detach partition replaced.high");
        try (Session reader =
                sessions.open(TestServer.source(), PostgresCatalog.locking(replaced("parted")), new Cancellation())) {
            assertThat(rows(reader, "replaced.parted")).isEqualTo(250);
            assertThat(reader.reading(null).snapshot()).isNotEmpty();
            TestServer.run(
                    "alter table replaced.parted attach partition replaced.high for values from (251) to (1000)");
            rows(reader, "replaced.parted");

            assertThatThrownBy(() -> reader.reading(null)).isInstanceOf(DiffFailedException.class);
        }
    }

    /** Likewise; its rows may have been there before. */
    @Test
    void losesThePlanWhenAChildComesAlong() {
        Sessions sessions = new PostgresSessions(Diffing.settings(Diffing.ONE).connections());
        TestServer.run(
                "create table replaced.stranger (id int, v int)",
                "insert into replaced.stranger select * from replaced.b",
                "create view replaced.family as select * from replaced.parent");
        for (String name : List.of("parent", "family")) {
            Locking locking = PostgresCatalog.locking(replaced(name));
            try (Session reader = sessions.open(TestServer.source(), locking, new Cancellation())) {
                assertThat(rows(reader, "replaced." + name)).isEqualTo(500);
                assertThat(reader.reading(null).snapshot()).isNotEmpty();
                TestServer.run("alter table replaced.stranger inherit replaced.parent");
                assertThat(rows(reader, "replaced." + name)).isEqualTo(1000);

                assertThatThrownBy(() -> reader.reading(null))
                        .isInstanceOfSatisfying(DiffFailedException.class, e -> assertThat(e.losesPlan())
                                .isTrue());
            }
            try (Session reader = sessions.open(TestServer.source(), locking, new Cancellation())) {
                assertThat(rows(reader, "replaced." + name)).isEqualTo(1000);
                assertThat(reader.reading(null).snapshot()).isNotEmpty();
            }
            TestServer.run("alter table replaced.stranger no inherit replaced.parent");
        }
    }

    /** A cast of a user's own says nothing. */
    @Test
    void keepsThePlanWhereTablesAreCast() {
        TestServer.run(
                "create table replaced.other (id int, v int)",
                "create function replaced.turned(replaced.parent) returns replaced.other language sql"
                        + " as 'select row($1.id, $1.v)::replaced.other'",
                "create cast (replaced.parent as replaced.other) with function replaced.turned(replaced.parent)");
        Dataset both = query("select p.id from replaced.parent p join replaced.other using (id)");
        try (Session reader = new PostgresSessions(Diffing.settings(Diffing.ONE).connections())
                .open(TestServer.source(), PostgresCatalog.locking(both), new Cancellation())) {
            assertThat(reader.reading(null).snapshot()).isNotEmpty();
        }
    }

    private static long rows(Session session, String table) {
        return session.one("select count(*) from " + table, row -> row.getLong(1));
    }

    private static DiffSpec spec(Dataset a) {
        return new DiffSpec(a, replaced("b"), List.of("id"), List.of(), List.of());
    }

    private static Tally tally(Sizing sizing, Dataset a, SourceDetails source) {
        return Diffing.diff(Diffing.engine(sizing), spec(a), source, source).tally();
    }

    private static SourceDetails reader() {
        return new SourceDetails("pg", TestServer.options().put("user", "replaced_reader"));
    }

    private static void assertEqual(Tally tally) {
        assertThat(tally.totalRows()).isEqualTo(Sides.of(500, 500));
        assertThat(tally.exclusives()).isEqualTo(Sides.of(0, 0));
        assertThat(tally.rowsWithDifferences()).isZero();
    }

    /** The work, whose first lock has to wait for somebody who has done this and commits then. */
    private static <T> T during(List<String> statements, Callable<T> work) throws SQLException, InterruptedException {
        CompletableFuture<T> result;
        try (Connection other = TestServer.connect();
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            for (String sql : statements) {
                statement.execute(sql);
            }
            result = CompletableFuture.supplyAsync(() -> {
                try {
                    return work.call();
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            });
            TestServer.awaitOne(WAITING, 1);
            other.commit();
        }
        try {
            return result.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(Objects.requireNonNull(e.getCause()));
        }
    }
}
