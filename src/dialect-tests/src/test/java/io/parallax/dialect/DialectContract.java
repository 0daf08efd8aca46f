package io.parallax.dialect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.parallax.contract.Dataset;
import io.parallax.contract.DiffFailedException;
import io.parallax.contract.DiffSpec;
import io.parallax.contract.ErrorType;
import io.parallax.contract.SourceDetails;
import io.parallax.contract.tally.Sides;
import io.parallax.contract.tally.Tally;
import io.parallax.engine.DiffEngine;
import io.parallax.engine.Diffing;
import io.parallax.engine.EngineSettings;
import io.parallax.engine.dialect.Probe;
import io.parallax.engine.dialect.ProbedFamily;
import io.parallax.engine.plan.probe.Aspect;
import io.parallax.engine.plan.probe.ServerProof;
import io.parallax.engine.session.Cancellation;
import io.parallax.engine.session.ConnectionSettings;
import io.parallax.engine.task.HeldSnapshot;
import io.parallax.engine.task.Planned;
import io.parallax.engine.task.Sizing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What a database must do to be compared: its values come back as what they are, and nothing else does; keys may be missing, occur
 * repeatedly and be of any order; names and conditions mean what they say; nothing is written; and whatever runs can be ended.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class DialectContract {
    /** All ways through the engine: by fingerprints at once and in many tasks, by places on disk, and by streams. */
    private static final List<Sizing> WAYS = List.of(Diffing.ONE, Diffing.TINY, Diffing.PIECES, Sizing.DEFAULT);

    private static final Duration SHORT = Duration.ofSeconds(2);
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final int FILLERS = 120;

    private final TestDatabase database;
    private final List<DiffEngine> engines = WAYS.stream().map(Diffing::engine).toList();

    DialectContract(TestDatabase database) {
        this.database = database;
    }

    @BeforeAll
    void tableThatNobodyMayTouch() {
        database.run(List.of(
                "drop table if exists victim",
                "create table victim (id " + database.integer() + " primary key, v " + database.text() + ")",
                "insert into victim values " + String.join(", ", fillers())));
    }

    private static List<String> fillers() {
        return IntStream.rangeClosed(1, FILLERS)
                .mapToObj(i -> "(" + i + ", 'v" + i + "')")
                .toList();
    }

    final List<SampleType> types() {
        return database.types();
    }

    final Stream<SampleType> keyTypes() {
        return database.types().stream().filter(SampleType::keyed);
    }

    @ParameterizedTest
    @MethodSource("types")
    void valuesAreWhatTheyAre(SampleType type) {
        List<@Nullable Integer> which = new ArrayList<>();
        IntStream.range(0, type.literals().size()).forEach(which::add);
        which.add(null);
        List<SampleRow> rows = rows(which);
        Collections.rotate(which, 1);
        List<SampleRow> shifted = rows(which);
        SampleType key = numbers(which.size());
        SampleTable a = new SampleTable(database, "values_a", key, List.of(type));
        SampleTable b = new SampleTable(database, "values_b", key, List.of(type));
        SampleTable c = new SampleTable(database, "values_c", key, List.of(type));
        a.fill(rows);
        b.fill(rows);
        c.fill(shifted);

        assertCounts(a.dataset(), b.dataset(), BruteForce.count(rows, rows, 1));
        assertCounts(a.dataset(), c.dataset(), BruteForce.count(rows, shifted, 1));
        Stream.of(a, b, c).forEach(SampleTable::drop);
    }

    /** Keyed by their places. */
    private static List<SampleRow> rows(List<@Nullable Integer> values) {
        List<SampleRow> rows = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            List<@Nullable Integer> value = new ArrayList<>();
            value.add(values.get(i));
            rows.add(new SampleRow(i, value));
        }
        return rows;
    }

    private SampleType numbers(int count) {
        return new SampleType(
                database.integer(),
                true,
                IntStream.range(0, count).mapToObj(String::valueOf).toList());
    }

    @ParameterizedTest
    @MethodSource("keyTypes")
    void keysOfAnyTypeMayBeMissingAndRepeated(SampleType key) {
        Random dice = new Random(key.type().hashCode());
        List<SampleType> values = List.of(numbers(3), text("''", "'a'", "'A'", "'NULL'"));
        for (int turn = 0; turn < 3; turn++) {
            List<SampleRow> rowsA = drawn(dice, key, values);
            List<SampleRow> rowsB = mutated(dice, key, values, rowsA);
            SampleTable a = new SampleTable(database, "keys_a", key, values);
            SampleTable b = new SampleTable(database, "keys_b", key, values);
            a.fill(rowsA);
            b.fill(rowsB);

            assertCounts(a.dataset(), b.dataset(), BruteForce.count(rowsA, rowsB, values.size()));
            Stream.of(a, b).forEach(SampleTable::drop);
        }
    }

    private SampleType text(String... literals) {
        return SampleType.key(database.text(), literals);
    }

    /** Most keys once, some never, some twice or more, some NULL. */
    private static List<SampleRow> drawn(Random dice, SampleType key, List<SampleType> values) {
        List<SampleRow> rows = new ArrayList<>();
        for (int i = 0; i < key.literals().size(); i++) {
            int times = dice.nextInt(8) == 0 ? dice.nextInt(4) : 1;
            for (int time = 0; time < times; time++) {
                rows.add(new SampleRow(i, values(dice, values)));
            }
        }
        for (int i = dice.nextInt(3); i > 0; i--) {
            rows.add(new SampleRow(null, values(dice, values)));
        }
        Collections.shuffle(rows, dice);
        return rows;
    }

    private static List<SampleRow> mutated(
            Random dice, SampleType key, List<SampleType> values, List<SampleRow> original) {
        List<SampleRow> rows = new ArrayList<>();
        for (SampleRow row : original) {
            int fate = dice.nextInt(10);
            if (fate == 0) {
                rows.add(new SampleRow(row.key(), values(dice, values)));
            } else if (fate == 1) {
                rows.add(new SampleRow(dice.nextInt(key.literals().size()), row.values()));
            } else if (fate > 2) {
                rows.add(row);
            }
        }
        Collections.shuffle(rows, dice);
        return rows;
    }

    private static List<@Nullable Integer> values(Random dice, List<SampleType> types) {
        List<@Nullable Integer> values = new ArrayList<>();
        for (SampleType type : types) {
            int drawn = dice.nextInt(type.literals().size() + 1);
            values.add(drawn == type.literals().size() ? null : drawn);
        }
        return values;
    }

    final List<SamePair> equals() {
        return database.equals();
    }

    @ParameterizedTest
    @MethodSource("equals")
    void typesOfOneFamilyMeetByValue(SamePair pair) {
        SampleTable a = new SampleTable(
                database, "same_a", numbers(1), List.of(SampleType.value(pair.typeA(), pair.literalA())));
        SampleTable b = new SampleTable(
                database, "same_b", numbers(1), List.of(SampleType.value(pair.typeB(), pair.literalB())));
        List<SampleRow> row = rows(List.of(0));
        a.fill(row);
        b.fill(row);

        assertCounts(a.dataset(), b.dataset(), BruteForce.count(row, row, 1));
        Stream.of(a, b).forEach(SampleTable::drop);
    }

    /** What would be the same if values were just put one after the other, or NULL were something. */
    @Test
    void nothingIsTakenForSomethingElse() {
        List<String> texts = Stream.of(
                        "", "a", "b", "ab", "a|b", "b|c", "c", "a,b", "NULL", "null", "0", " ", "\\N", "\"")
                .map(database::literal)
                .toList();
        SampleType text = new SampleType(database.text(), false, texts);
        List<SampleRow> rowsA = new ArrayList<>();
        List<SampleRow> rowsB = new ArrayList<>();
        int places = texts.size() + 1;
        for (int i = 0; i < places * places; i++) {
            rowsA.add(pair(i, i / places, i % places, texts.size()));
            // The same two values, the other way round.
            rowsB.add(pair(i, i % places, i / places, texts.size()));
        }
        SampleType key = numbers(places * places);
        SampleTable a = new SampleTable(database, "else_a", key, List.of(text, text));
        SampleTable b = new SampleTable(database, "else_b", key, List.of(text, text));
        a.fill(rowsA);
        b.fill(rowsB);

        assertCounts(a.dataset(), b.dataset(), BruteForce.count(rowsA, rowsB, 2));
        Stream.of(a, b).forEach(SampleTable::drop);
    }

    private static SampleRow pair(int key, int first, int second, int nothing) {
        List<@Nullable Integer> values = new ArrayList<>();
        values.add(first == nothing ? null : first);
        values.add(second == nothing ? null : second);
        return new SampleRow(key, values);
    }

    @Test
    void namesMeanWhatTheySay() {
        List<String> names = database.oddNames();
        for (int i = 0; i < names.size(); i++) {
            String table = names.get(i);
            String key = names.get((i + 1) % names.size());
            String value = names.get((i + 2) % names.size());
            String quoted = database.identifier(table);
            database.run(List.of(
                    "drop table if exists " + quoted,
                    "create table " + quoted + " (" + database.identifier(key) + " " + database.integer()
                            + " primary key, " + database.identifier(value) + " " + database.text() + ")",
                    "insert into " + quoted + " values " + String.join(", ", fillers())));
            Dataset odd = new Dataset(database.path(table), null, null);

            assertCounts(odd, odd, List.of(key), unchanged());
            database.run(List.of("drop table " + quoted));
        }
    }

    final List<String> oddQueries() {
        return database.oddQueries();
    }

    @ParameterizedTest
    @MethodSource("oddQueries")
    void queriesAreReadByItsGrammar(String query) {
        assertCounts(new Dataset(null, query, null), victim(null), List.of("id"), unchanged());
    }

    final List<String> oddFilters() {
        return database.oddFilters();
    }

    @ParameterizedTest
    @MethodSource("oddFilters")
    void filtersAreReadByItsGrammar(String filter) {
        assertCounts(victim(filter), victim(null), List.of("id"), unchanged());
    }

    @Test
    void filtersLeaveOut() {
        int half = FILLERS / 2;
        Tally expected = new Tally(
                Sides.of(half, FILLERS),
                Sides.ZERO,
                Sides.ZERO,
                Sides.of(half, FILLERS),
                Sides.of(0, half),
                half,
                0,
                List.of(0L));

        assertCounts(victim("id <= " + half), victim(null), List.of("id"), expected);
    }

    final List<String> noFilters() {
        return database.noFilters();
    }

    @ParameterizedTest
    @MethodSource("noFilters")
    void filtersStayInTheirPlace(String filter) {
        assertRefused(victim(filter));
    }

    final List<String> changes() {
        return database.changes();
    }

    @ParameterizedTest
    @MethodSource("changes")
    void nothingIsWritten(String query) {
        assertRefused(new Dataset(null, query, null));
    }

    private void assertRefused(Dataset dataset) {
        DiffSpec spec = new DiffSpec(dataset, victim(null), List.of("id"), List.of(), List.of());

        for (DiffEngine engine : engines) {
            assertThatThrownBy(() -> Diffing.diff(engine, spec, database.source(), database.source()))
                    .isInstanceOfSatisfying(
                            DiffFailedException.class,
                            e -> assertThat(e.failure().type()).isEqualTo(ErrorType.QUERY_ERROR));
        }
        assertThat(database.one("select count(*) from victim where v like 'v%'"))
                .isEqualTo(String.valueOf(FILLERS));
        assertThat(database.traces()).isEmpty();
    }

    /** Whatever the hash. */
    @Test
    void knownValuesComeBackAsWhatTheyAre() {
        try (LiveProbes live = new LiveProbes(database.source())) {
            assertThat(live.proof(null).failures()).isEmpty();
            assertThat(live.hashes())
                    .allSatisfy(hash -> assertThat(live.proof(hash).failures()).isEmpty());
            assertThat(live.probes())
                    .hasSizeGreaterThan(live.proof(null).proven().size());
        }
    }

    @Test
    void everyKnownValueIsLookedAt() {
        try (LiveProbes live = new LiveProbes(database.source())) {
            List<String> missed = live.mistaken().failures().stream()
                    .filter(failure -> failure.aspect() == Aspect.VALUES)
                    .map(ServerProof.Failure::what)
                    .toList();

            for (Probe probe : live.probes()) {
                assertThat(missed)
                        .containsAll(probe.values().stream()
                                .filter(value -> probe.values().size() > 1)
                                .map(value -> probe.type() + " '" + value.text() + "'")
                                .toList());
            }
        }
    }

    /** A family of which it is wrong about something is found out. */
    @ParameterizedTest
    @EnumSource
    void noFamilyIsTrustedBlindly(Aspect aspect) {
        try (LiveProbes live = new LiveProbes(database.source())) {
            assertThat(wrong(live.blindTo(aspect), aspect))
                    .isEqualTo(live.proof(null).proven());
            assertThat(wrong(live.unordered(), Aspect.KEYS))
                    .isEqualTo(live.proof(null).proven());
        }
    }

    private static Set<ProbedFamily> wrong(ServerProof proof, Aspect aspect) {
        return proof.failures().stream()
                .filter(failure -> failure.aspect() == aspect)
                .map(ServerProof.Failure::family)
                .collect(Collectors.toSet());
    }

    /** What a session is told of zones changes neither moments nor what they are equal to. */
    @Test
    void momentsAreTheSameInEveryZone() {
        List<String> literals = database.sameMoment();
        SampleTable a = new SampleTable(
                database,
                "zones_a",
                numbers(literals.size()),
                List.of(new SampleType(database.moment(), false, literals)));
        SampleTable b = new SampleTable(
                database,
                "zones_b",
                numbers(literals.size()),
                List.of(new SampleType(database.moment(), false, literals)));
        List<@Nullable Integer> which = new ArrayList<>();
        IntStream.range(0, literals.size()).forEach(which::add);
        a.fill(rows(which));
        Collections.rotate(which, 1);
        b.fill(rows(which));
        // All of them are one value.
        List<SampleRow> same = rows(new ArrayList<>(Collections.nCopies(literals.size(), 0)));
        Tally expected = BruteForce.count(same, same, 1);

        assertCounts(a.dataset(), b.dataset(), expected);
        for (DiffEngine engine : engines) {
            DiffSpec spec = new DiffSpec(a.dataset(), b.dataset(), List.of("k"), List.of(), List.of());
            assertThat(Diffing.diff(
                                    engine,
                                    spec,
                                    database.sourceIn("Asia/Kolkata"),
                                    database.sourceIn("America/New_York"))
                            .tally())
                    .isEqualTo(expected);
        }
        Stream.of(a, b).forEach(SampleTable::drop);
    }

    @Test
    void whatRunsIsEndedByACancel() {
        String mark = "ended_by_a_cancel";
        Cancellation cancellation = new Cancellation();
        CompletableFuture<@Nullable DiffFailedException> failure =
                CompletableFuture.supplyAsync(() -> catchThrowableOfType(
                        DiffFailedException.class, () -> slow(Diffing.engine(Diffing.ONE), mark, cancellation)));
        await().atMost(LONG).until(() -> database.running(mark) > 0);

        cancellation.cancel();

        assertThat(failure.orTimeout(LONG.toSeconds(), TimeUnit.SECONDS).join())
                .extracting(e -> Objects.requireNonNull(e).failure().type())
                .isEqualTo(ErrorType.CANCELLED);
        await().atMost(LONG).until(() -> database.running(mark) == 0);
    }

    @Test
    void whatRunsTooLongIsEnded() {
        String mark = "ended_by_time";
        try (DiffEngine hurried = new DiffEngine(new EngineSettings(
                Diffing.ONE, ConnectionSettings.anywhere("dialect-test", Duration.ofSeconds(10), SHORT)))) {
            assertThatThrownBy(() -> slow(hurried, mark, new Cancellation()))
                    .isInstanceOfSatisfying(
                            DiffFailedException.class,
                            e -> assertThat(e.failure().type()).isEqualTo(ErrorType.TIMEOUT));
        }
        await().atMost(LONG).until(() -> database.running(mark) == 0);
    }

    private void slow(DiffEngine engine, String mark, Cancellation cancellation) {
        SourceDetails source = database.source();
        DiffSpec spec = new DiffSpec(
                new Dataset(null, database.slow(mark), null), victim(null), List.of("id"), List.of(), List.of());
        Planned planned = engine.plan(spec, source, source, cancellation);
        try (HeldSnapshot held = planned.hold()) {
            planned.plan()
                    .tasks()
                    .forEach(task -> engine.compare(planned.plan().common(), task, source, source, cancellation));
        }
    }

    /** All tasks see what was there when the plan was made, where the database can show it. */
    @Test
    void tasksSeeOneSnapshot() {
        SampleTable table = new SampleTable(database, "moving", numbers(FILLERS), List.of(text("'old'", "'new'")));
        List<SampleRow> rows = rows(new ArrayList<>(Collections.nCopies(FILLERS, 0)));
        table.fill(rows);
        DiffEngine engine = engines.get(1);
        DiffSpec spec = DiffSpec.draft(table.dataset(), table.dataset(), List.of("k"), List.of(), List.of())
                .snapshot(true)
                .spec();
        if (!database.snapshots()) {
            assertThatThrownBy(() -> engine.plan(spec, database.source(), database.source(), new Cancellation()))
                    .isInstanceOf(DiffFailedException.class);
            return;
        }

        Planned planned = engine.plan(spec, database.source(), database.source(), new Cancellation());
        try (HeldSnapshot held = planned.hold()) {
            database.run(List.of("delete from moving where k < 50", "update moving set v0 = 'new'"));

            assertThat(Diffing.finish(engine, planned, database.source(), database.source())
                            .tally())
                    .isEqualTo(BruteForce.count(rows, rows, 1));
        }
        table.drop();
    }

    private Dataset victim(@Nullable String filter) {
        return new Dataset(database.path("victim"), null, filter);
    }

    private static Tally unchanged() {
        Sides all = Sides.of(FILLERS, FILLERS);
        return new Tally(all, Sides.ZERO, Sides.ZERO, all, Sides.ZERO, FILLERS, 0, List.of(0L));
    }

    private void assertCounts(Dataset a, Dataset b, Tally expected) {
        assertCounts(a, b, List.of("k"), expected);
    }

    private void assertCounts(Dataset a, Dataset b, List<String> key, Tally expected) {
        for (int way = 0; way < WAYS.size(); way++) {
            DiffSpec spec = new DiffSpec(a, b, key, List.of(), List.of());
            assertThat(Diffing.diff(engines.get(way), spec, database.source(), database.source())
                            .tally())
                    .as("way %d", way)
                    .isEqualTo(expected);
        }
    }
}
