package io.parallax.dialect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parallax.contract.DiffFailedException;
import io.parallax.contract.DiffSpec;
import io.parallax.contract.ErrorType;
import io.parallax.contract.Hints;
import io.parallax.contract.Sampling;
import io.parallax.contract.SourceDetails;
import io.parallax.contract.tally.Tally;
import io.parallax.dialect.lying.Lie;
import io.parallax.dialect.lying.Lie.Place;
import io.parallax.dialect.lying.LyingDialect;
import io.parallax.engine.DiffEngine;
import io.parallax.engine.Diffing;
import io.parallax.engine.TestServer;
import io.parallax.engine.dialect.ProbedFamily;
import io.parallax.engine.session.Cancellation;
import io.parallax.engine.task.Sizing;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A dialect that is wrong about values of a family, on either side or on both, makes no count wrong: rows are read instead, or it is told. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LyingDialectIT {
    private static final List<Sizing> WAYS = List.of(Diffing.ONE, Diffing.TINY, Diffing.PIECES, Sizing.DEFAULT);
    private static final int ROWS = 60;
    private static final Set<Integer> DIFFERING = Set.of(7, 20, 41);

    private final PostgresDatabase database = new PostgresDatabase();
    private final List<DiffEngine> engines = WAYS.stream().map(Diffing::engine).toList();

    /**
     * Values that one who is wrong takes for the same.
     *
     * @param type of a column of them
     * @param one a literal
     * @param next another one; null for NULL
     * @param twist see {@link Lie}
     * @param onOneSide whether it takes one side to be wrong and the other to be right for that
     */
    record Confusion(
            ProbedFamily family, String type, String one, @Nullable String next, String twist, boolean onOneSide) {
        static Confusion of(ProbedFamily family, String type, String one, String next, String twist) {
            return new Confusion(family, type, one, next, twist, false);
        }

        Lie in(Place... places) {
            return new Lie(
                    family + " " + twist + List.of(places), family, twist, EnumSet.copyOf(List.of(places)), true);
        }

        SampleType sample() {
            return new SampleType(type, true, next == null ? List.of(one) : List.of(one, next));
        }

        @Override
        public String toString() {
            return type + " as " + twist;
        }
    }

    private static List<Confusion> confusions() {
        return List.of(
                Confusion.of(ProbedFamily.INTEGER, "bigint", "1", "1001", "$ % 1000"),
                Confusion.of(ProbedFamily.DECIMAL, "numeric", "1.001", "1.002", "trunc($, 2)"),
                Confusion.of(
                        ProbedFamily.FLOAT,
                        "float8",
                        "0.3",
                        "0.30000000000000004",
                        "case when abs($) < 1 then round($::numeric, 5)::float8 else $ end"),
                Confusion.of(
                        ProbedFamily.TEXT,
                        "text",
                        "repeat('x', 255) || 'y'",
                        "repeat('x', 255) || 'z'",
                        "left($, 255)"),
                Confusion.of(ProbedFamily.TEXT, "text", "'a'", "'A'", "lower($)"),
                Confusion.of(ProbedFamily.TEXT, "varchar(9)", "'a'", "'a '", "rtrim($)"),
                Confusion.of(ProbedFamily.BOOLEAN, "boolean", "true", "false", "$ or true"),
                Confusion.of(
                        ProbedFamily.DATE, "date", "'0001-01-01'", "'1582-10-04'", "greatest($, '1970-01-01'::date)"),
                Confusion.of(
                        ProbedFamily.TIMESTAMP,
                        "timestamp",
                        "'2024-01-01 00:00:00.000001'",
                        "'2024-01-01 00:00:00.000002'",
                        "date_trunc('milliseconds', $)"),
                Confusion.of(
                        ProbedFamily.TIMESTAMPTZ,
                        "timestamptz",
                        "'2024-01-01 00:00:00.25Z'",
                        "'2024-01-01 00:00:00.5Z'",
                        "date_trunc('second', $)"),
                new Confusion(
                        ProbedFamily.TIMESTAMPTZ,
                        "timestamptz",
                        "'2024-01-01 00:00:00Z'",
                        "'2024-01-01 01:00:00Z'",
                        "$ + '1 hour'::interval",
                        true),
                Confusion.of(
                        ProbedFamily.TIME, "time", "'00:00:00.1'", "'00:00:00.2'", "date_trunc('second', $)::time"),
                Confusion.of(
                        ProbedFamily.INTERVAL, "interval", "'1 day'", "'24 hours'", "replace($, '24:00:00', '1 day')"),
                Confusion.of(
                        ProbedFamily.UUID,
                        "uuid",
                        "'00000000-0000-0000-0000-000000000000'",
                        "'00000000-0000-0000-0000-000000000001'",
                        "(left($::text, 28) || '00000000')::uuid"),
                Confusion.of(ProbedFamily.BINARY, "bytea", "'\\x00'", "'\\x0000'", "substr($, 1, 1)"),
                Confusion.of(ProbedFamily.JSON, "jsonb", "'{\"a\": []}'", "'{\"A\": []}'", "lower($)"),
                Confusion.of(ProbedFamily.JSON, "json", "'\"1.0\"'", "'\"1\"'", "replace($, '.0', '')"),
                Confusion.of(ProbedFamily.ARRAY, "int[]", "'{1,2}'", "'{{1,2}}'", "translate($::text, '{}', '')"),
                Confusion.of(ProbedFamily.ARRAY, "int[]", "'{1,2}'", "'{2,1}'", "replace($::text, '2,1', '1,2')"),
                Confusion.of(ProbedFamily.OTHER, "inet", "'10.0.0.0'", "'10.0.0.0/8'", "split_part($, '/', 1)"));
    }

    @AfterEach
    void tellTheTruth() {
        LyingDialect.tell(Lie.NONE);
    }

    private record Sources(SourceDetails a, SourceDetails b, String liar) {}

    private static List<Sources> sources() {
        SourceDetails honest = TestServer.source();
        SourceDetails lying = new SourceDetails(LyingDialect.TYPE, TestServer.options());
        return List.of(
                new Sources(lying, honest, "Side A"),
                new Sources(honest, lying, "Side B"),
                new Sources(lying, lying, "Side A"));
    }

    /** Two tables that differ in those rows, the second one without its last row. */
    private record Pair(SampleTable a, SampleTable b, Tally expected) {
        DiffSpec spec() {
            return new DiffSpec(a.dataset(), b.dataset(), List.of("k"), List.of(), List.of());
        }

        void drop() {
            a.drop();
            b.drop();
        }
    }

    /** Buckets without any other difference. */
    private Pair valuedOnly(Confusion confusion) {
        return valued(confusion, ROWS);
    }

    private Pair valued(Confusion confusion) {
        return valued(confusion, ROWS - 1);
    }

    private Pair valued(Confusion confusion, int inB) {
        List<SampleRow> rowsA = new ArrayList<>();
        List<SampleRow> rowsB = new ArrayList<>();
        for (int i = 0; i < ROWS; i++) {
            rowsA.add(row(i, 0));
            rowsB.add(row(i, DIFFERING.contains(i) ? 1 : 0));
        }
        Pair pair = filled(numbers(), List.of(confusion.sample()), rowsA, rowsB.subList(0, inB));
        // As far as that goes the database may compare both by itself.
        database.run(List.of("alter table lied_a add primary key (k)", "alter table lied_b add primary key (k)"));
        return pair;
    }

    private static SampleRow row(int key, int value) {
        List<@Nullable Integer> values = new ArrayList<>();
        values.add(value);
        return new SampleRow(key, values);
    }

    private static SampleType numbers() {
        return SampleType.key(
                "int", IntStream.range(0, ROWS).mapToObj(String::valueOf).toArray(String[]::new));
    }

    private Pair filled(SampleType key, List<SampleType> values, List<SampleRow> rowsA, List<SampleRow> rowsB) {
        SampleTable a = new SampleTable(database, "lied_a", key, values);
        SampleTable b = new SampleTable(database, "lied_b", key, values);
        a.fill(rowsA);
        b.fill(rowsB);
        return new Pair(a, b, BruteForce.count(rowsA, rowsB, values.size()));
    }

    @ParameterizedTest
    @MethodSource("confusions")
    void valuesThatAreHashedWronglyAreRead(Confusion confusion) {
        Pair pair = valued(confusion);
        LyingDialect.tell(confusion.in(Place.HASHED, Place.HASHED_KEYS));

        assertRight(pair, confusion);
        pair.drop();
    }

    private void assertRight(Pair pair, Confusion confusion) {
        for (Sources sources : sources()) {
            boolean bothLie = sources.a.type().equals(sources.b.type());
            for (DiffEngine engine : bothLie ? engines : engines.subList(1, 2)) {
                Diffing.Outcome outcome = Diffing.diff(engine, pair.spec(), sources.a, sources.b);

                assertThat(outcome.tally()).as(sources.liar).isEqualTo(pair.expected);
                // Two that are wrong alike may be right together.
                if (!confusion.onOneSide || !bothLie) {
                    assertThat(outcome.notes())
                            .anyMatch(note -> note.startsWith("All rows were read and compared one by one, as hashes"));
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("confusions")
    void valuesThatAreSentWronglyAreRefused(Confusion confusion) {
        Pair pair = valued(confusion);
        LyingDialect.tell(confusion.in(Place.SENT));

        for (Sources sources : sources()) {
            assertRefused(
                    () -> engines.get(0).plan(pair.spec(), sources.a, sources.b, new Cancellation()),
                    sources.liar + ": The column v0 of type ",
                    "leave it out with exclude_columns");
        }
        pair.drop();
    }

    private static void assertRefused(ThrowingCallable diff, String... words) {
        assertThatThrownBy(diff).isInstanceOfSatisfying(DiffFailedException.class, e -> {
            assertThat(e.failure().type()).isEqualTo(ErrorType.UNSUPPORTED);
            assertThat(e.failure().message()).contains(words);
        });
    }

    /** What comes of it where known values are spared. */
    @ParameterizedTest
    @MethodSource("confusions")
    void valuesWouldBeCountedWronglyOtherwise(Confusion confusion) {
        Pair pair = valuedOnly(confusion);
        Sources sources = sources().get(confusion.onOneSide ? 0 : 2);
        DiffEngine fingerprints = engines.get(0);
        DiffSpec rows = DiffSpec.draft(pair.a.dataset(), pair.b.dataset(), List.of("k"), List.of(), List.of())
                .hints(new Hints(null, null, Hints.Search.ROWS))
                .spec();

        // Hashes that only one side has wrong differ, so that rows are read.
        if (!confusion.onOneSide) {
            LyingDialect.tell(confusion.in(Place.HASHED, Place.HASHED_KEYS).hidden());
            assertThat(Diffing.diff(fingerprints, pair.spec(), sources.a, sources.b)
                            .tally())
                    .isNotEqualTo(pair.expected);
        }
        LyingDialect.tell(confusion.in(Place.SENT).hidden());
        assertThat(Diffing.diff(fingerprints, rows, sources.a, sources.b).tally())
                .isNotEqualTo(pair.expected);
        pair.drop();
    }

    private Pair keyed(Confusion confusion) {
        List<SampleRow> rowsA = List.of(row(0, 0), row(1, 1));
        List<SampleRow> rowsB = List.of(row(0, 1));
        return filled(confusion.sample(), List.of(numbers()), rowsA, rowsB);
    }

    private static Stream<Confusion> keyConfusions() {
        return confusions().stream()
                .filter(confusion -> confusion.type.equals("jsonb") || confusion.family != ProbedFamily.JSON);
    }

    @ParameterizedTest
    @MethodSource("keyConfusions")
    void keysThatAreHashedWronglyAreRead(Confusion confusion) {
        Pair pair = keyed(confusion);
        LyingDialect.tell(confusion.in(Place.HASHED_KEYS));

        assertRight(pair, confusion);
        pair.drop();
    }

    @ParameterizedTest
    @MethodSource("keyConfusions")
    void keysThatAreSentWronglyAreRefused(Confusion confusion) {
        Pair pair = keyed(confusion);
        LyingDialect.tell(confusion.in(Place.SENT_KEYS));

        for (Sources sources : sources()) {
            assertRefused(
                    () -> engines.get(0).plan(pair.spec(), sources.a, sources.b, new Cancellation()),
                    sources.liar + ": The column k of type ",
                    "choose other columns with pk_columns");
        }
        pair.drop();
    }

    @Test
    void textsThatBecomeNullAreRefused() {
        Confusion confusion =
                new Confusion(ProbedFamily.TEXT, "text", "''", null, "case when $ = '' then null else $ end", false);
        Pair pair = filled(
                numbers(),
                List.of(SampleType.value("text", "''", "'a'")),
                List.of(row(0, 0), row(1, 1)),
                List.of(row(0, 1), row(1, 1)));

        LyingDialect.tell(confusion.in(Place.SENT));
        for (Sources sources : sources()) {
            assertRefused(
                    () -> engines.get(0).plan(pair.spec(), sources.a, sources.b, new Cancellation()),
                    sources.liar + ": The column v0 of type text cannot be compared");
        }
        pair.drop();
    }

    /** Which keys are in a sample is told by their hash. */
    @Test
    void noKeysAreSampledThatAreHashedWrongly() {
        Confusion numbers = confusions().get(0);
        Pair pair = keyed(numbers);
        DiffSpec sampled = DiffSpec.draft(pair.a.dataset(), pair.b.dataset(), List.of("k"), List.of(), List.of())
                .sampling(new Sampling(null, 95, 0.5, null, 0))
                .spec();
        LyingDialect.tell(numbers.in(Place.HASHED_KEYS));

        for (Sources sources : sources()) {
            assertRefused(
                    () -> engines.get(0).plan(sampled, sources.a, sources.b, new Cancellation()),
                    "The key k of type int8 cannot be used here",
                    "do without the sampling options");
        }
        pair.drop();
    }

    @Test
    void aServerIsAskedOnce() {
        Pair pair = valued(confusions().get(0));
        SourceDetails lying = sources().get(2).a;
        int before = LyingDialect.asked();
        try (DiffEngine fresh = new DiffEngine(Diffing.settings(Diffing.ONE))) {
            Diffing.diff(fresh, pair.spec(), lying, TestServer.source());
            int once = LyingDialect.asked();
            Diffing.diff(fresh, pair.spec(), lying, TestServer.source());
            Diffing.diff(fresh, pair.spec(), lying, lying);

            assertThat(once - before).isEqualTo(2);
            assertThat(LyingDialect.asked()).isEqualTo(once);
        }
        pair.drop();
    }

    /** A family that a server cannot even be asked for is nobody else's trouble. */
    @Test
    void whatAServerDoesNotTakeIsRefusedAlone() {
        Confusion broken = Confusion.of(ProbedFamily.BINARY, "bytea", "'a'", "'b'", "there_is_none($)");
        Pair bytes = valued(broken);
        LyingDialect.tell(broken.in(Place.values()));
        for (Sources sources : sources()) {
            assertRefused(
                    () -> engines.get(0).plan(bytes.spec(), sources.a, sources.b, new Cancellation()),
                    sources.liar + ": The column v0 of type bytea cannot be compared");
        }
        bytes.drop();

        Pair numbers = valued(confusions().get(0));
        for (Sources sources : sources()) {
            Diffing.Outcome outcome = Diffing.diff(engines.get(0), numbers.spec(), sources.a, sources.b);
            assertThat(outcome.tally()).isEqualTo(numbers.expected);
            assertThat(outcome.notes()).isEmpty();
        }
        numbers.drop();
    }

    @Test
    void whoTellsTheTruthIsTrusted() {
        Pair pair = valued(confusions().get(0));

        for (Sources sources : sources()) {
            Diffing.Outcome outcome = Diffing.diff(engines.get(0), pair.spec(), sources.a, sources.b);
            assertThat(outcome.tally()).isEqualTo(pair.expected);
            assertThat(outcome.notes()).isEmpty();
            assertThat(outcome.effort().buckets()).isPositive();
        }
        pair.drop();
    }
}
