package io.parallax.dialect.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.parallax.engine.TestServer;
import io.parallax.engine.dialect.CanonicalExpression;
import io.parallax.engine.dialect.OfferedHash;
import io.parallax.engine.postgres.catalog.Probe;
import io.parallax.engine.postgres.hash.Hashing;
import io.parallax.engine.postgres.value.CanonicalForms;
import io.parallax.engine.type.Column;
import io.parallax.engine.type.ColumnType;
import io.parallax.engine.type.Family;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What checksums rest on: no two rows hash alike, no two values that change places between rows cancel. */
class HashingIT {
    /**
     * One kind of column.
     *
     * @param nasty values that hashes are known to confuse, all different
     * @param random a different one for every {@code g}; {@code r} is a random int8
     */
    record Kind(ColumnType type, int modifier, List<String> nasty, String random) {
        Kind(Family family, String name, String nasty, String random) {
            this(ColumnType.plain(family, name), Column.NO_MODIFIER, Arrays.asList(nasty.split(";")), random);
        }

        CanonicalExpression column(String name, boolean notNull) {
            Column column = new Column(name, type, notNull, modifier, false);
            return CanonicalForms.value(column, column);
        }

        /** The nasty values and, if that may be, NULL, numbered from 1. */
        String values(String alias, boolean notNull) {
            Stream<String> literals = nasty.stream().map(value -> "'" + value + "'");
            List<String> all = Stream.concat(literals, notNull ? Stream.of() : Stream.of("null"))
                    .toList();
            return IntStream.range(0, all.size())
                    .mapToObj(i -> "(" + (i + 1) + ", " + all.get(i) + "::" + type.name() + ")")
                    .collect(Collectors.joining(", ", "(values ", ") " + alias));
        }

        @Override
        public String toString() {
            return type.name() + (modifier == Column.NO_MODIFIER ? "" : ", scaled");
        }
    }

    static final List<Kind> KINDS = List.of(
            new Kind(Family.NUMBER, "int4", "0;1;-1;2;5;100;-2147483648;2147483647", "(r >> 32)::int4"),
            new Kind(
                    Family.NUMBER,
                    "int8",
                    "0;1;-1;4294967296;-4294967296;4294967295;-4294967298;4294967297;8589934592;-9223372036854775808",
                    "r"),
            new Kind(
                    Family.NUMBER,
                    "numeric",
                    "0;1;-1;10000;-10000;100000000;0.0001;-0.0001;0.00000001;NaN;Infinity;-Infinity;1e40",
                    "r::numeric * (array[1, 0.01, 10000, 1e-8, 1e20])[1 + g % 5]"),
            new Kind(
                    Family.NUMBER,
                    "float8",
                    "0;5;-5;1;1.0000000000000002;NaN;Infinity;-Infinity;5e-324;-5e-324",
                    "r::float8 / 1e9"),
            new Kind(Family.BOOLEAN, "bool", "true;false", "true"),
            new Kind(
                    Family.DATE,
                    "date",
                    "2000-01-01;2000-01-02;1999-12-31;infinity;-infinity;5874897-12-31;4714-11-24 BC;1970-01-01",
                    "date '2000-01-01' + g::int4 * 3 - 5000"),
            new Kind(
                    Family.TIMESTAMP,
                    "timestamp",
                    "2000-01-01;1970-01-01;2000-01-01 00:00:00.000001;1999-12-31 23:59:59.999999;1999-12-31 22:48:25.032704;"
                            + "2000-01-01 01:11:34.967296;infinity;-infinity;294276-12-31 23:59:59.999999;4714-11-24 00:00:00 BC;"
                            + "1999-12-31 23:24:12.516351;1999-12-31 23:24:12.516352",
                    "timestamp '2000-01-01' + (r >> 8) * interval '1 microsecond'"),
            new Kind(
                    Family.TIMESTAMPTZ,
                    "timestamptz",
                    "2000-01-01;1970-01-01;2000-01-01 00:00:00.000001;1999-12-31 23:59:59.999999;1999-12-31 22:48:25.032704;"
                            + "2000-01-01 01:11:34.967296;infinity;-infinity;294276-12-31 23:59:59.999999+00;4714-11-24 00:00:00+00 BC;"
                            + "1999-12-31 23:24:12.516351;1999-12-31 23:24:12.516352",
                    "timestamptz '2000-01-01Z' + (r >> 8) * interval '1 microsecond'"),
            new Kind(
                    Family.TIME,
                    "time",
                    "00:00;00:00:00.000001;00:00:00.000005;01:11:34.967296;01:11:34.9673;23:59:59.999999;24:00",
                    "time '00:00' + (g * 86399999.0) * interval '1 microsecond'"),
            new Kind(
                    Family.UUID,
                    "uuid",
                    "00000000-0000-0000-0000-000000000000;00000000-0000-0000-0000-000000000001;01000000-0000-0000-0000-000000000000",
                    "md5(g::text)::uuid"),
            new Kind(Family.BINARY, "bytea", ";\\x00;\\x0000;\\xff;\\x00ff;\\xff00", "decode(md5(g::text), 'hex')"),
            new Kind(Family.TEXT, "text", ";a;b;ab;ba;a|b;<null>;null;0; ;(a,b);a,b;\"", "md5(g::text)"),
            new Kind(Family.TEXT, "bpchar", ";a;b;ab;<null>", "md5(g::text)::bpchar"),
            new Kind(Family.INTERVAL, "interval", "0;1 day;24 hours;30 days;1 mon;-1 mon", "g * interval '1 second'"),
            new Kind(Family.JSON, "jsonb", "null;{};[];[1, 2];[2, 1];-1;1;[-1];[[1], 2];[1, [2]]", "to_jsonb(r)"),
            new Kind(Family.OTHER, "inet", "0.0.0.0;::;10.0.0.1;10.0.0.1/8", "'10.0.0.0'::inet + g"));

    private static final Kind SCALED = new Kind(
            ColumnType.plain(Family.NUMBER, "numeric"),
            (20 << 16 | 10) + 4,
            List.of("0", "1", "-1", "10000", "-10000", "100000000", "0.0001", "-0.0001", "NaN"),
            "r::numeric(40,10) / 1e10");

    private static Kind kind(String name) {
        return KINDS.stream()
                .filter(kind -> kind.type().name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    static Stream<Arguments> kinds() {
        return Stream.concat(KINDS.stream(), Stream.of(SCALED)).flatMap(kind -> Stream.of(true, false)
                .flatMap(notNull -> Arrays.stream(Hashing.values()).map(hashing -> arguments(kind, notNull, hashing))));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void tellsNastyRowsApart(Kind kind, boolean notNull, Hashing hashing) {
        assertTellsApart(hashing, notNull, kind, kind, kind);
    }

    /** What one column's hash leaves unmixed meets what the next one's does. */
    @Test
    void tellsNastyNeighboursApart() {
        List<Kind> chosen = List.of(
                kind("numeric"), SCALED, kind("float8"), kind("int8"), kind("bool"), kind("timestamp"), kind("text"));
        for (Kind first : chosen) {
            for (Kind second : chosen) {
                for (Kind third : chosen) {
                    assertTellsApart(Hashing.CHAIN, false, first, second, third);
                }
            }
        }
    }

    /**
     * No two rows hash alike; and if one column's value is the key of two rows, then no two values of the others may change
     * places unseen: each must move the hash by its own amount, from key to key.
     */
    private static void assertTellsApart(Hashing hashing, boolean notNull, Kind first, Kind second, Kind third) {
        List<CanonicalExpression> columns =
                List.of(first.column("x", notNull), second.column("y", notNull), third.column("z", notNull));
        String hashed = "with hashed as materialized (select i, j, k, "
                + hashing.rows().of(columns)
                + "::numeric as h, " + hashing.keys().of(columns) + " as b from " + first.values("a(i, x)", notNull)
                + ", " + second.values("b(j, y)", notNull) + ", " + third.values("c(k, z)", notNull) + ") ";

        String missed = TestServer.one(hashed + "select concat_ws(' ', count(*) - count(distinct h),"
                + " count(*) - count(distinct b), (" + moved("i", "j", "k") + "), (" + moved("j", "i", "k") + "), ("
                + moved("k", "i", "j") + ")) from hashed");

        assertThat(missed).as("%s, %s, %s", first, second, third).isEqualTo("0 0 0 0 0");
    }

    private static String moved(String key, String other, String another) {
        return ("select count(*) - count(distinct mod(l.h - m.h + 18446744073709551616, 18446744073709551616))"
                        + " from hashed l join hashed m using (%2$s, %3$s) where l.%1$s = 1 and m.%1$s = 2")
                .formatted(key, other, another);
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void tellsRandomValuesApartAtAnyPosition(Kind kind, boolean notNull, Hashing hashing) {
        CanonicalExpression value = kind.column("v", notNull);
        CanonicalExpression key = kind("int4").column("k", true);
        CanonicalExpression constant = kind("text").column("t", true);
        for (List<CanonicalExpression> columns : List.of(
                List.of(value, key, constant),
                List.of(key, value, constant),
                List.of(key, constant, value),
                List.of(key, value))) {
            String missed = TestServer.one("select count(distinct v::text) || ' ' || count(distinct h) from (select v, "
                    + "mod(sum(case k when 1 then h else -h end) + 18446744073709551616, 18446744073709551616) as h"
                    + " from (select v, k, " + hashing.rows().of(columns) + " as h from (select (" + kind.random()
                    + ")::" + kind.type().name() + " as v, k, 'some text'::text as t from (select g, "
                    + "hashint8extended(g, 7) as r from generate_series(1, 1000) g) r, generate_series(1, 2) k) q) h"
                    + " group by v) m");

            assertThat(missed.split(" ")[1]).isEqualTo(missed.split(" ")[0]);
        }
    }

    /** NOT NULL and a precision are promises of one side alone. */
    @ParameterizedTest
    @MethodSource("kinds")
    void hashesAlikeWhateverOneSideKnows(Kind kind, boolean notNull, Hashing hashing) {
        List<CanonicalExpression> known = List.of(kind.column("x", notNull), kind.column("x", true));
        Kind unscaled = new Kind(kind.type(), Column.NO_MODIFIER, kind.nasty(), kind.random());
        List<CanonicalExpression> unknown = List.of(unscaled.column("x", false), unscaled.column("x", false));

        assertThat(TestServer.one("select count(*) from " + kind.values("a(i, x)", true) + " where "
                        + hashing.rows().of(known) + " is distinct from "
                        + hashing.rows().of(unknown)))
                .isEqualTo("0");
    }

    /** Buckets take the low bits, slices the high ones; and what is well mixed collides as often as chance has it. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "int4 g::int4",
                "int8 g",
                "int8 g * 4294967296",
                "int8 g * 1000000000",
                "numeric g",
                "numeric g * 10000",
                "numeric g / 1000.0",
                "float8 g",
                "float8 g / 1024.0",
                "timestamp timestamp '1990-01-01' + g * interval '1 hour'",
                "timestamptz timestamptz '1990-01-01Z' + g * interval '1 microsecond'",
                "date date '1000-01-01' + g::int4",
                "uuid lpad(g::text, 32, '0')::uuid",
                "text 'key ' || g"
            })
    void spreadsOrderlyValues(String orderly) {
        Kind kind = kind(orderly.substring(0, orderly.indexOf(' ')));
        String value = orderly.substring(orderly.indexOf(' ') + 1);
        List<CanonicalExpression> columns = List.of(kind("int4").column("k", true), kind.column("v", true));
        String hash = Hashing.CHAIN.keys().of(columns);
        int rows = 200_000;
        // Pairs over 2^32 values: 4.7 to be expected.
        String collisions = "select greatest(" + rows + " - count(distinct h & 4294967295), " + rows
                + " - count(distinct h >> 32 & 4294967295), " + rows + " - count(distinct d & 4294967295))";
        // 4096 buckets of 49 rows; a deviation of 7.
        String buckets = "select max(n) from (select count(*) as n from h group by h & 4095) b";
        String slices = "select max(n) from (select count(*) as n from h group by (h >> 32 & 2147483647) % 4099) s";
        String hashed =
                "with q as (select 1 as k, (" + value + ")::" + kind.type().name()
                        + " as v from generate_series(1::int8, " + rows + ") g), h as materialized (select " + hash
                        + " as h, (" + hash + " >> 1) - ("
                        + hash.replace("\"k\"", "(\"k\" + 1)") + " >> 1) as d from q) ";

        String[] found = TestServer.one(hashed + "select concat_ws(' ', (" + collisions + " from h), (" + buckets
                        + "), (" + slices + "))")
                .split(" ");

        assertThat(Integer.parseInt(found[0])).as("collisions").isLessThan(20);
        assertThat(Integer.parseInt(found[1])).as("rows in a bucket").isLessThan(100);
        assertThat(Integer.parseInt(found[2])).as("rows in a slice").isLessThan(100);
    }

    /** One hash inside the other, or the text would double with each column. */
    @ParameterizedTest
    @ValueSource(ints = {1, 200, 1600})
    void takesManyColumns(int count) {
        for (Kind kind : List.of(kind("timestamptz"), kind("numeric"), kind("int8"))) {
            List<CanonicalExpression> columns = IntStream.range(0, count)
                    .mapToObj(i -> kind.column("c" + i, false))
                    .toList();
            String none = IntStream.range(0, count)
                    .mapToObj(i -> "null::" + kind.type().name() + " as c" + i)
                    .collect(Collectors.joining(", "));

            String sql = Hashing.CHAIN.rows().of(columns);

            assertThat(sql.length()).isLessThan(700 * (count + 1));
            assertThat(TestServer.one("select " + sql + " from (select " + none + " offset 0) q"))
                    .isNotNull();
        }
    }

    @Test
    void isWhatTheBenchmarkRepeats() throws IOException {
        List<CanonicalExpression> columns = List.of(
                kind("int4").column("userid", true),
                kind("int4").column("movieid", true),
                new Kind(SCALED.type(), SCALED.modifier(), List.of(), "").column("rating", true),
                kind("timestamp").column("timestamp", true),
                kind("int8").column("id", true));

        Path bench = Path.of("../bench/src/main/resources/io/parallax/bench");
        for (String scan : List.of("g-rating.sql", "h-rating.sql")) {
            assertThat(Files.readString(bench.resolve(scan)).replaceAll("\\s+", ""))
                    .contains(Hashing.CHAIN.rows().of(columns).replaceAll("\\s+", ""));
        }
    }

    @Test
    void takesTheBestHashThatBothMakeTheSame() {
        Probe newer = new Probe("c", "r");

        assertThat(OfferedHash.firstShared(newer.offered(), new Probe("c", "r").offered()))
                .contains(Hashing.CHAIN.name());
        assertThat(OfferedHash.firstShared(newer.offered(), new Probe("other", "r").offered()))
                .contains(Hashing.RECORD.name());
        assertThat(OfferedHash.firstShared(new Probe(null, "r").offered(), newer.offered()))
                .contains(Hashing.RECORD.name());
        assertThat(OfferedHash.firstShared(newer.offered(), new Probe("other", "other").offered()))
                .contains(Hashing.MD5.name());
        assertThat(OfferedHash.firstShared(new Probe(null, null).offered(), new Probe(null, null).offered()))
                .contains(Hashing.MD5.name());
    }
}
