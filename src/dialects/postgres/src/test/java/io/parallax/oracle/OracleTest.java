package io.parallax.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import io.parallax.oracle.Figures.Pair;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OracleTest {
    private static final Type INT = Type.of("integer", Family.NUMBER);
    private static final Type TEXT = Type.of("text", Family.TEXT);
    private static final Type DATE = Type.of("date", Family.DATE);
    private static final Type TIMESTAMP = Type.of("timestamp", Family.TIMESTAMP);
    private static final Type DOUBLE = Type.of("double precision", Family.NUMBER, Type.Trait.DOUBLE);

    /** The example of the REST documentation: 56 keys occur more than once in B, 5 are new there. */
    @Test
    void countsTheDocumentedExample() {
        List<Column> columns =
                IntStream.range(0, 8).mapToObj(i -> new Column("c" + i, INT)).toList();
        List<List<@Nullable String>> a = new ArrayList<>();
        IntStream.range(0, 1509).forEach(i -> a.add(wide(i)));
        List<List<@Nullable String>> b = new ArrayList<>(a);
        IntStream.range(1509, 1514).forEach(i -> b.add(wide(i)));
        IntStream.range(0, 247).forEach(i -> b.add(wide(i % 56)));

        Figures figures =
                Oracle.compare(new Relation(columns, a), new Relation(columns, b), List.of("c0"), List.of(), List.of());

        assertThat(figures.totalRows()).isEqualTo(new Pair(1509, 1761));
        assertThat(figures.nulls()).isEqualTo(new Pair(0, 0));
        assertThat(figures.dupes()).isEqualTo(new Pair(0, 303));
        assertThat(figures.exclusives()).isEqualTo(new Pair(0, 5));
        assertThat(figures.distincts()).isEqualTo(new Pair(1509, 1514));
        assertThat(figures.comparedRows()).isEqualTo(1453);
        assertThat(figures.rowsWithDifferences()).isZero();
        assertThat(figures.differences()).hasSize(7).containsOnlyKeys("c1", "c2", "c3", "c4", "c5", "c6", "c7");
        assertThat(figures.comparedRows() * figures.differences().size()).isEqualTo(10_171);
        assertThat(figures.layout().columns()).isEqualTo(new Pair(8, 8));
        assertThat(figures.layout().mismatched()).isEqualTo(new Pair(0, 0));
        assertThat(figures.layout().reorders()).isZero();
    }

    @Test
    void countsEveryKindOfDifference() {
        Relation a = relation(
                List.of(new Column("k", INT), new Column("v", TEXT), new Column("w", INT)),
                row("1", "same", "1"),
                row("2", "a", "1"),
                row("3", "only a", "1"),
                row("4", "twice in a", "1"),
                row("4", "twice in a", "1"),
                row("5", "twice in b", "1"),
                row("6", "twice in both", "1"),
                row("6", "twice in both", "1"),
                row(null, "no key", "1"),
                row("7", null, null));
        Relation b = relation(
                List.of(new Column("w", INT), new Column("k", INT), new Column("v", TEXT)),
                row("1", "1", "same"),
                row("2", "2", "A"),
                row("1", "4", "twice in a"),
                row("1", "5", "twice in b"),
                row("1", "5", "other"),
                row("1", "6", "twice in both"),
                row("2", "6", "twice in both"),
                row("1", "8", "only b"),
                row(null, "7", ""));

        Figures figures = Oracle.compare(a, b, List.of("k"), List.of(), List.of());

        assertThat(figures.totalRows()).isEqualTo(new Pair(10, 9));
        assertThat(figures.nulls()).isEqualTo(new Pair(1, 0));
        assertThat(figures.dupes()).isEqualTo(new Pair(4, 4));
        assertThat(figures.distincts()).isEqualTo(new Pair(7, 7));
        assertThat(figures.exclusives()).isEqualTo(new Pair(1, 1));
        assertThat(figures.comparedRows()).isEqualTo(3);
        assertThat(figures.rowsWithDifferences()).isEqualTo(2);
        assertThat(figures.differences()).isEqualTo(Map.of("v", 2L, "w", 1L));
        assertThat(figures.layout().reorders()).isEqualTo(1);
    }

    @Test
    void compositeKeysKeepTheirPartsApart() {
        List<Column> columns = List.of(new Column("x", TEXT), new Column("y", TEXT));
        Relation a = relation(columns, row("1", "11"), row("a", null));
        Relation b = relation(columns, row("11", "1"), row("a", ""));

        Figures figures = Oracle.compare(a, b, List.of("y", "x"), List.of(), List.of());

        assertThat(figures.exclusives()).isEqualTo(new Pair(1, 2));
        assertThat(figures.nulls()).isEqualTo(new Pair(1, 0));
        assertThat(figures.comparedRows()).isZero();
    }

    @Test
    void keysThatAFloatCannotTellApartAreDuplicates() {
        Relation a = relation(List.of(new Column("k", INT)), row("9007199254740992"), row("9007199254740993"));
        Relation b = relation(List.of(new Column("k", DOUBLE)), row("9007199254740992"));

        Figures figures = Oracle.compare(a, b, List.of("k"), List.of(), List.of());

        assertThat(figures.dupes()).isEqualTo(new Pair(2, 0));
        assertThat(figures.exclusives()).isEqualTo(new Pair(0, 0));
    }

    @Test
    void tellsFiguresApartByTime() {
        List<Column> columns = List.of(new Column("k", INT), new Column("t", TIMESTAMP), new Column("v", TEXT));
        Relation a = relation(
                columns,
                row("1", "2024-02-29 23:59:59.999999", "same"),
                row("2", "2024-02-01 00:00:00", "a"),
                row("3", "infinity", "a"),
                row("4", null, "only a"),
                row("5", "2024-03-01 00:00:00", "twice, only a"),
                row("5", "2024-02-01 00:00:00", "twice, only a"));
        Relation b = relation(
                columns,
                row("1", "2024-02-29 23:59:59.999999", "same"),
                row("2", "2024-01-01 00:00:00", "b"),
                row("3", "infinity", "b"),
                row("6", "0001-01-31 00:00:00 BC", "only b"));

        TimedFigures timed = Oracle.compare(a, b, List.of("k"), List.of(), List.of(), by("t", TimeUnit.MONTH))
                .timeline();

        assertThat(timed).isNotNull();
        assertThat(timed.buckets().get(seconds("2024-02-01T00:00")))
                .isEqualTo(new TimedFigures.Bucket(2, 0, 0, Map.of("t", 1L, "v", 1L)));
        assertThat(timed.buckets().get(null)).isEqualTo(new TimedFigures.Bucket(1, 1, 0, Map.of("v", 1L)));
        assertThat(timed.buckets().get(seconds("0000-01-01T00:00")))
                .isEqualTo(new TimedFigures.Bucket(0, 0, 1, Map.of()));
        assertThat(timed.buckets()).hasSize(3);
        assertThat(timed.open()).isEqualTo(new Pair(1, 0));
    }

    @ParameterizedTest
    @CsvSource({
        "MINUTE, 2024-05-06 07:08:09.5, 2024-05-06T07:08",
        "HOUR, 2024-05-06 07:08:09, 2024-05-06T07:00",
        "DAY, 2024-05-06, 2024-05-06T00:00",
        "WEEK, 2024-05-06 00:00:00, 2024-05-06T00:00",
        "WEEK, 2024-05-05 23:59:59+00, 2024-04-29T00:00",
        "YEAR, 4713-01-02 00:00:00 BC, -4712-01-01T00:00",
        "YEAR, 294275-12-31, +294275-01-01T00:00"
    })
    void bucketsStartByTheCalendar(TimeUnit unit, String time, String start) {
        assertThat(unit.start(time, time.length() == 10 ? DATE : TIMESTAMP)).isEqualTo(seconds(start));
    }

    @ParameterizedTest
    @CsvSource({"infinity", "-infinity", "294276-01-01", "5874897-12-31"})
    void whatTimestampsCannotHoldHasNoBucket(String date) {
        assertThat(TimeUnit.DAY.start(date, DATE)).isNull();
    }

    private static Wishes by(String column, TimeUnit unit) {
        return new Wishes(Map.of(), Forgiveness.NONE, Map.of(), null, new Wishes.Times(column, unit), false, false);
    }

    private static long seconds(String time) {
        return LocalDateTime.parse(time).toEpochSecond(ZoneOffset.UTC);
    }

    @Test
    void comparesTheColumnsThatAreAskedFor() {
        Relation a = relation(List.of(
                new Column("k", INT),
                new Column("differs", INT),
                new Column("v", TEXT),
                new Column("a", TEXT),
                new Column("w", TEXT)));
        Relation b = relation(List.of(
                new Column("w", TEXT),
                new Column("b", TEXT),
                new Column("k", INT),
                new Column("differs", TEXT),
                new Column("v", TEXT)));

        Figures.Layout all =
                Oracle.compare(a, b, List.of("k"), List.of(), List.of()).layout();
        Figures.Layout some = Oracle.compare(a, b, List.of("k"), List.of("v", "b"), List.of("v", "k"))
                .layout();
        Figures.Layout rest =
                Oracle.compare(a, b, List.of("k"), List.of(), List.of("w", "k")).layout();

        assertThat(all.columns()).isEqualTo(new Pair(5, 5));
        assertThat(all.mismatched()).isEqualTo(new Pair(2, 2));
        assertThat(all.typeDiffers()).containsExactly("differs");
        assertThat(all.onlyA()).containsExactly("a");
        assertThat(all.onlyB()).containsExactly("b");
        assertThat(all.compared()).containsExactly("v", "w");
        assertThat(all.reorders()).isEqualTo(1);
        assertThat(some.columns()).isEqualTo(new Pair(2, 3));
        assertThat(some.compared()).containsExactly("v");
        assertThat(rest.columns()).isEqualTo(new Pair(4, 4));
        assertThat(rest.reorders()).isZero();
    }

    private static List<@Nullable String> wide(int key) {
        return IntStream.range(0, 8)
                .mapToObj(i -> Integer.toString(key + 1000 * i))
                .toList();
    }

    private static List<@Nullable String> row(@Nullable String... values) {
        return Arrays.asList(values);
    }

    @SafeVarargs
    private static Relation relation(List<Column> columns, List<@Nullable String>... rows) {
        return new Relation(columns, List.of(rows));
    }
}
