package io.parallax.engine;

import static io.parallax.engine.Diffing.table;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.parallax.contract.DiffFailedException;
import io.parallax.contract.DiffSpec;
import io.parallax.contract.SourceDetails;
import io.parallax.contract.tally.Reading;
import io.parallax.contract.tally.Reads;
import io.parallax.contract.tally.Sides;
import io.parallax.contract.tally.Tally;
import io.parallax.engine.session.Cancellation;
import io.parallax.engine.task.Databases;
import io.parallax.engine.task.HeldSnapshot;
import io.parallax.engine.task.Planned;
import io.parallax.engine.task.Sizing;
import io.parallax.engine.task.Taken;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Pieces see their plan's snapshots, whatever happens to the tables meanwhile. */
class SnapshotIT {
    private final DiffEngine engine = Diffing.engine(Diffing.PIECES);
    private final DiffSpec spec =
            new DiffSpec(table("moving_a"), table("moving_b"), List.of("id"), List.of(), List.of());

    @BeforeEach
    void tables() {
        TestServer.run(
                "drop table if exists moving_a, moving_b",
                "create table moving_a (id uuid not null, v int)",
                "insert into moving_a select md5(g::text)::uuid, g from generate_series(1, 2000) g",
                "create table moving_b as select * from moving_a",
                "alter table moving_b add primary key (id)",
                "update moving_b set v = -1 where v % 100 = 0",
                "delete from moving_b where v = 7",
                "analyze moving_a, moving_b");
    }

    @Test
    void countsWhatTheSnapshotsHold() {
        TestServer.assumePieces();
        Planned planned = plan(TestServer.source());
        TestServer.run(
                "update moving_a set v = v + 1 where v % 3 = 0",
                "delete from moving_b where v % 2 = 0",
                "insert into moving_b select md5(g::text)::uuid, g from generate_series(5000, 6000) g");

        try (HeldSnapshot held = Objects.requireNonNull(planned.hold())) {
            assertThat(held.check()).isTrue();
            Tally tally = Diffing.finish(engine, planned, TestServer.source(), TestServer.source())
                    .tally();

            assertThat(tally.totalRows()).isEqualTo(Sides.of(2000, 1999));
            assertThat(tally.exclusives()).isEqualTo(Sides.of(1, 0));
            assertThat(tally.comparedRows()).isEqualTo(1999);
            assertThat(tally.rowsWithDifferences()).isEqualTo(20);
        }
    }

    @Test
    void tellsThatThePlanIsLostWithItsSnapshots() {
        TestServer.assumePieces();
        Planned planned = plan(TestServer.source());
        HeldSnapshot held = Objects.requireNonNull(planned.hold());
        JsonNode task = planned.plan().tasks().get(0);

        held.close();

        assertThat(held.check()).isFalse();
        assertThatThrownBy(() -> engine.compare(
                        planned.plan().common(), task, TestServer.source(), TestServer.source(), new Cancellation()))
                .isInstanceOfSatisfying(DiffFailedException.class, e -> assertThat(e.losesPlan())
                        .isTrue());
    }

    @Test
    void anotherSessionKeepsTheSnapshotsInPlaceOfTheFirst() {
        TestServer.assumePieces();
        keptByAnother(engine, spec, TestServer.source(), TestServer.source());
    }

    @Test
    void theSameOfTwoDatabases() {
        TestServer.assumePieces();
        keptByAnother(engine, spec, TestServer.source(), TestServer.source().forPurpose("another one"));
    }

    @Test
    void theSameOfQueries() {
        TestServer.assumePieces();
        keptByAnother(
                engine,
                DiffSpec.draft(
                                Diffing.query("select * from moving_a"),
                                Diffing.query("select m.* from moving_b m where m.id in (select id from moving_b)"),
                                List.of("id"),
                                List.of(),
                                List.of())
                        .snapshot(true)
                        .spec(),
                TestServer.source(),
                TestServer.source());
    }

    @Test
    void theSameOfKeyRanges() {
        indexed();
        keptByAnother(Diffing.engine(Diffing.TINY), inSnapshots(), TestServer.source(), TestServer.source());
    }

    /** Twice, as a deployment goes on, with the table locked all the time. */
    private static void keptByAnother(DiffEngine engine, DiffSpec spec, SourceDetails a, SourceDetails b) {
        // Given
        Planned planned = engine.plan(spec, a, b, new Cancellation());
        HeldSnapshot first = Objects.requireNonNull(planned.hold());
        TestServer.run("update moving_a set v = v + 1", "delete from moving_b where v % 2 = 0");
        Databases databases = new Databases(a, b);

        // When
        Taken second = engine.takeOver(planned.plan().common(), databases, new Cancellation());
        first.close();
        TestServer.run("insert into moving_b select md5(g::text)::uuid, g from generate_series(5000, 6000) g");
        Taken third = engine.takeOver(second.common(), databases, new Cancellation());
        second.hold().close();

        // Then
        try (HeldSnapshot held = third.hold()) {
            assertThat(held.check()).isTrue();
            assertThat(TestServer.one(
                            "select count(distinct relation) from pg_locks l join pg_class c on c.oid = l.relation"
                                    + " where c.relname in ('moving_a', 'moving_b') and l.mode = 'AccessShareLock'"))
                    .isEqualTo("2");
            Diffing.Outcome outcome = Diffing.finish(engine, planned, third.common(), a, b);
            assertThat(outcome.tally().totalRows()).isEqualTo(Sides.of(2000, 1999));
            assertThat(outcome.tally().rowsWithDifferences()).isEqualTo(20);
            assertThat(outcome.tally().exclusives()).isEqualTo(Sides.of(1, 0));
            assertRead(outcome, true);
        }
        TestServer.awaitOne(
                "select count(*) from pg_locks l join pg_class c on c.oid = l.relation"
                        + " where c.relname in ('moving_a', 'moving_b')",
                0);
        assertThatThrownBy(() -> engine.takeOver(third.common(), databases, new Cancellation()))
                .isInstanceOfSatisfying(DiffFailedException.class, e -> assertThat(e.losesPlan())
                        .isTrue());
    }

    @Test
    void noticesThatTheServerEndedTheSession() {
        TestServer.assumePieces();
        Planned planned = plan(TestServer.source());
        try (HeldSnapshot held = Objects.requireNonNull(planned.hold())) {
            TestServer.run("select pg_terminate_backend(pid) from pg_stat_activity"
                    + " where application_name = 'engine-test' and state = 'idle in transaction'");

            assertThat(held.check()).isFalse();
        }
    }

    @Test
    void holdsNothingWhereConnectionsAreLimited() {
        Planned planned = plan(new SourceDetails("pg", TestServer.options(), 4));

        assertThat(planned.hold()).isNull();
        assertThat(planned.plan().holds()).isNull();
    }

    @Test
    void keepsSnapshotsForKeyRangesWhereTheClientWishesForThem() {
        // Given
        indexed();
        DiffEngine ranges = Diffing.engine(Diffing.TINY);
        Planned planned = ranges.plan(inSnapshots(), TestServer.source(), TestServer.source(), new Cancellation());
        assertThat(planned.plan().algorithm()).isEqualTo("key ranges");
        assertThat(planned.plan().tasks()).hasSizeGreaterThan(5);

        // When
        TestServer.run("update moving_a set v = v + 1", "delete from moving_b where v % 2 = 0");

        // Then
        try (HeldSnapshot held = Objects.requireNonNull(planned.hold())) {
            Diffing.Outcome outcome = Diffing.finish(ranges, planned, TestServer.source(), TestServer.source());
            assertThat(held.check()).isTrue();
            assertThat(outcome.tally().rowsWithDifferences()).isEqualTo(20);
            assertThat(outcome.tally().exclusives()).isEqualTo(Sides.of(1, 0));
            assertRead(outcome, true);
        }
    }

    @Test
    void comparesInOneTaskWhereConnectionsAreLimited() {
        indexed();
        DiffEngine ranges = Diffing.engine(Diffing.TINY);
        SourceDetails narrow = new SourceDetails("pg", TestServer.options(), 30);
        Planned planned = ranges.plan(inSnapshots(), narrow, narrow, new Cancellation());

        Diffing.Outcome outcome = Diffing.finish(ranges, planned, narrow, narrow);

        assertThat(planned.hold()).isNull();
        assertThat(planned.plan().tasks()).hasSize(1);
        assertThat(outcome.tally().rowsWithDifferences()).isEqualTo(20);
        assertRead(outcome, true);
    }

    @Test
    void tellsWhenEachTaskReadASnapshotOfItsOwn() {
        indexed();
        assertRead(Diffing.diff(Diffing.TINY, spec), false);
    }

    @Test
    void tellsThatPiecesAndWhatIsComparedAtOnceWereReadInOneSnapshot() {
        TestServer.assumePieces();
        assertRead(Diffing.diff(Diffing.PIECES, spec), true);
        assertRead(Diffing.diff(Sizing.DEFAULT, spec), true);
    }

    /** From before the diff to after it, by the server's clock. */
    private static void assertRead(Diffing.Outcome outcome, boolean inOneSnapshot) {
        Reads reads = Objects.requireNonNull(outcome.effort().reads());
        long now = Long.parseLong(TestServer.one("select (extract(epoch from clock_timestamp()) * 1000000)::int8"));
        for (Reading side : List.of(Objects.requireNonNull(reads.a()), Objects.requireNonNull(reads.b()))) {
            assertThat(side.snapshot() != null).isEqualTo(inOneSnapshot);
            assertThat(side.from()).isBetween(now - 60_000_000, side.to() - 1);
            assertThat(side.to()).isLessThanOrEqualTo(now);
        }
    }

    private static void indexed() {
        TestServer.run("alter table moving_a add primary key (id)", "analyze moving_a");
    }

    private DiffSpec inSnapshots() {
        return DiffSpec.draft(spec.a(), spec.b(), spec.key(), List.of(), List.of())
                .snapshot(true)
                .spec();
    }

    private Planned plan(SourceDetails source) {
        return engine.plan(spec, source, source, new Cancellation());
    }
}
