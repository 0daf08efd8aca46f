package io.parallax.engine;

import static io.parallax.engine.Diffing.FEW;
import static io.parallax.engine.Diffing.FEW_PIECES;
import static io.parallax.engine.Diffing.TINY;
import static io.parallax.engine.Diffing.diff;
import static io.parallax.engine.Diffing.table;
import static org.assertj.core.api.Assertions.assertThat;

import io.parallax.contract.Dataset;
import io.parallax.contract.DiffSpec;
import io.parallax.contract.tally.Sides;
import io.parallax.contract.tally.Tally;
import io.parallax.engine.task.Sizing;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Keys of every type, by ranges where both sides order them alike, by slices elsewhere; cut as finely as can be. */
class KeysIT {
    record Key(String name, String typeA, String typeB, String value, boolean ranges) {
        @Override
        public String toString() {
            return name;
        }
    }

    /** {@code g} runs over whole numbers, negative ones included. */
    static final List<Key> KEYS = List.of(
            new Key("int", "int", "int", "g", true),
            new Key("int sizes", "smallint", "bigint", "g", true),
            new Key("gaps", "bigint", "bigint", "g * 1000000000000000", true),
            new Key("skew", "bigint", "bigint", "case when g < 80 then g else g * 90000000000000000 end", true),
            new Key(
                    "extremes",
                    "bigint",
                    "bigint",
                    "case when g < 0 then -9223372036854775708 + g else 9223372036854775707 + g end",
                    true),
            new Key("numeric", "numeric", "numeric(20,4)", "g * 1.25", true),
            new Key("numeric and int", "numeric", "int", "g", true),
            new Key("int and fractions", "int", "numeric", "g", true),
            new Key("huge numeric", "numeric", "numeric", "g * 1e30 + 0.1", true),
            new Key("float", "float4", "float8", "g / 4.0", true),
            new Key("exact and float", "numeric", "float8", "g / 4.0", false),
            new Key("date", "date", "date", "date '0001-06-01' + g * 10", true),
            new Key("timestamp", "timestamp", "timestamp(3)", "timestamp '2000-01-01' + g * interval '1 ms'", true),
            new Key(
                    "timestamptz",
                    "timestamptz",
                    "timestamptz",
                    "timestamptz '0001-01-01Z' + g * interval '1 day'",
                    true),
            new Key("time", "time", "time", "time '12:00' + g * interval '1 minute'", true),
            new Key("interval", "interval", "interval", "g * interval '1 mon'", false),
            new Key("uuid", "uuid", "uuid", "md5(g::text)::uuid", true),
            new Key("bytea", "bytea", "bytea", "decode(md5(g::text), 'hex')", true),
            new Key("long bytea", "bytea", "bytea", "decode(repeat(md5(g::text), 30), 'hex')", true),
            new Key("text C", "text collate \"C\"", "varchar collate \"C\"", "md5(g::text) || ' é😀'", true),
            new Key("text POSIX", "text collate \"POSIX\"", "text collate \"C\"", "'key ' || g", true),
            new Key(
                    "char C",
                    "char(40) collate \"C\"",
                    "text collate \"C\"",
                    "rtrim(repeat('a ', (g + 100) / 10) || chr(g + 300))",
                    true),
            new Key("name", "name", "text collate \"C\"", "'n' || g", true),
            new Key(
                    "text of other orders",
                    "text collate \"en-x-icu\"",
                    "text collate \"C\"",
                    "chr(g + 300) || g",
                    false),
            new Key(
                    "text, case",
                    "text collate \"en-x-icu\"",
                    "text collate \"en-x-icu\"",
                    "case when g % 2 = 0 then 'x' else 'X' end || floor(g / 2.0)",
                    false),
            new Key("citext", "citext", "text", "case when g % 2 = 0 then 'x' else 'X' end || floor(g / 2.0)", false),
            new Key("long text", "text collate \"C\"", "text collate \"C\"", "repeat('long ', 400) || g", true),
            new Key(
                    "long text of other orders",
                    "text collate \"C\"",
                    "text collate \"en-x-icu\"",
                    "repeat('long ', 400) || g",
                    false),
            new Key("enum", "letter", "letter", "chr(97 + (g + 100) % 26)::letter", false),
            new Key("boolean", "bool", "bool", "g % 2 = 0", false),
            new Key("jsonb", "jsonb", "json", "jsonb_build_object('a', g, 'b', array[g / 2.0])", false),
            new Key("int array", "int[]", "bigint[]", "array[g % 7, g]", false),
            new Key("numeric array", "numeric[]", "int[]", "array[g % 7, g]", false),
            new Key("inet", "inet", "cidr", "'10.0.0.0'::inet + (g + 100)", false),
            new Key("money", "money", "money", "g::money", false),
            new Key("range", "int4range", "int4range", "int4range(g, g + 2)", false),
            new Key("composite", "point3", "point3", "row(g, null, g % 3)::point3", false),
            new Key("bit", "bit(8)", "varbit", "((g + 100) % 256)::bit(8)", false));

    @BeforeAll
    static void types() {
        TestServer.run(
                "create extension if not exists citext",
                "drop table if exists keys_a, keys_b",
                "drop type if exists letter, point3 cascade",
                "create type letter as enum ('"
                        + String.join(
                                "','",
                                Stream.iterate('z', c -> c >= 'a', c -> (char) (c - 1))
                                        .map(String::valueOf)
                                        .toList())
                        + "')",
                "create type point3 as (x int, y int, z int)");
    }

    @ParameterizedTest
    @FieldSource("KEYS")
    void countsTheSameInOneSegmentAndInMany(Key key) {
        boolean json = key.typeB().equals("json");
        TestServer.run(
                "drop table if exists keys_a, keys_b",
                "create table keys_a (k " + key.typeA() + ", v int) with (fillfactor = 10)",
                "create table keys_b (k " + key.typeB() + ", v int) with (fillfactor = 10)",
                "insert into keys_a select " + key.value() + ", g from generate_series(-99, 99) g where g % 10 <> 3",
                "insert into keys_b select " + (json ? "(" + key.value() + ")::json" : key.value())
                        + ", case when g in (-42, 50) then null else g end from generate_series(-99, 99) g where g % 10 <> 7",
                "insert into keys_a select * from keys_a where v in (5, 6)",
                "insert into keys_b select * from keys_b where v in (6, 8)",
                "insert into keys_a values (null, 1)",
                "create index on keys_a (k)",
                json ? "select 1" : "create index on keys_b (k)");

        Diffing.Outcome one = diff(table("keys_a"), table("keys_b"), "k");
        Diffing.Outcome many = diff(FEW, table("keys_a"), table("keys_b"), "k");

        Diffing.Outcome pieces = diff(FEW_PIECES, table("keys_a"), table("keys_b"), "k");

        Diffing.Outcome atOnce = diff(Sizing.DEFAULT, table("keys_a"), table("keys_b"), "k");

        assertThat(one.plan().tasks()).hasSize(1);
        assertThat(atOnce.plan().tasks()).isEmpty();
        assertThat(atOnce.tally()).isEqualTo(one.tally());
        assertThat(many.plan().algorithm()).isEqualTo(key.ranges() ? "key ranges" : "hash slices");
        assertThat(many.plan().tasks()).hasSizeGreaterThan(key.name().startsWith("long") ? 0 : 2);
        assertThat(many.tally()).isEqualTo(one.tally());
        assertThat(pieces.plan().algorithm()).isEqualTo("pieces");
        assertThat(pieces.tally()).isEqualTo(one.tally());
        if (!List.of("enum", "boolean").contains(key.name())) {
            assertThat(one.tally())
                    .isEqualTo(new Tally(
                            Sides.of(192, 191),
                            Sides.of(1, 0),
                            Sides.of(4, 4),
                            Sides.of(189, 189),
                            Sides.of(10, 10),
                            176,
                            2,
                            List.of(2L)));
        }
    }

    @Test
    void cutsSegmentsByRowsAcrossGaps() {
        TestServer.run(
                "drop table if exists gaps",
                "create table gaps (id bigint primary key)",
                "insert into gaps select g from generate_series(1, 5000) g",
                "insert into gaps select 4000000000000000000 + g from generate_series(1, 5000) g",
                "insert into gaps values (-9223372036854775808), (9223372036854775807)",
                "analyze gaps");
        Sizing sizing = new Sizing(0, 1000, 100, 1000, 4, 1000, 1000, Sizing.Approach.SEGMENTS);

        Diffing.Outcome outcome = diff(sizing, table("gaps"), new Dataset(List.of("gaps"), null, "id <> 4000"), "id");

        assertThat(outcome.plan().tasks()).hasSizeBetween(18, 22);
        assertThat(outcome.tally().exclusives()).isEqualTo(Sides.of(1, 0));
        assertThat(outcome.effort().dirtyBuckets()).isEqualTo(1);
        assertThat(outcome.effort().rowsFetched()).isLessThan(2000);
    }

    @Test
    void fetchesLittleWhenLittleDiffers() {
        TestServer.run(
                "drop table if exists even_a, even_b",
                "create table even_a (id int primary key, v int)",
                "insert into even_a select g, g from generate_series(1, 20000) g",
                "create table even_b as select * from even_a",
                "alter table even_b add primary key (id)",
                "update even_b set v = 0 where id = 777",
                "analyze even_a, even_b");

        Diffing.Outcome outcome = diff(
                new Sizing(0, 4000, 100, 1000, 4, 1000, 1000, Sizing.Approach.SEGMENTS),
                table("even_a"),
                table("even_b"),
                "id");

        assertThat(outcome.plan().tasks()).hasSizeBetween(9, 11);
        assertThat(outcome.tally().rowsWithDifferences()).isEqualTo(1);
        assertThat(outcome.effort().buckets()).isBetween(180L, 240L);
        assertThat(outcome.effort().rowsFetched()).isBetween(2L, 250L);
    }

    @Test
    void readsTheRowsOfRangesWithTooManyToBeListed() {
        TestServer.run(
                "drop table if exists crowded_a, crowded_b",
                "create table crowded_a (id int not null, v int)",
                "insert into crowded_a select 7, g from generate_series(1, 500) g",
                "insert into crowded_a select g, g from generate_series(8, 300) g",
                "create table crowded_b as select * from crowded_a where (id, v) <> (7, 500) and id <> 9",
                "update crowded_b set v = 0 where id = 100",
                "create index on crowded_a (id)",
                "create index on crowded_b (id)",
                "analyze crowded_a, crowded_b");

        Tally tally = diff(
                        new Sizing(0, 400, 1, 1000, 4, 1000, 1000, Sizing.Approach.SEGMENTS, Sizing.Search.KEYS),
                        table("crowded_a"),
                        table("crowded_b"),
                        "id")
                .tally();

        assertThat(tally)
                .isEqualTo(new Tally(
                        Sides.of(793, 791),
                        Sides.ZERO,
                        Sides.of(500, 499),
                        Sides.of(294, 293),
                        Sides.of(1, 0),
                        292,
                        1,
                        List.of(1L)));
    }

    @Test
    void showsRepeatedKeysOfBucketsThatAreTheSame() {
        TestServer.run(
                "drop table if exists twice_a, twice_b",
                "create table twice_a (id int not null, v int)",
                "insert into twice_a select g, g from generate_series(1, 3000) g",
                "insert into twice_a values (5, 5), (2000, 1)",
                "create table twice_b as select * from twice_a",
                "create index on twice_a (id)",
                "create index on twice_b (id)",
                "analyze twice_a, twice_b");
        for (Sizing.Search search : List.of(Sizing.Search.FINGERPRINTS, Sizing.Search.KEYS)) {
            Sizing sizing = new Sizing(500, 1000, 50, 1000, 4, 1000, 1000, Sizing.Approach.SEGMENTS, search);

            Diffing.Outcome outcome = diff(sizing, table("twice_a"), table("twice_b"), "id");

            assertThat(outcome.tally().dupes()).isEqualTo(Sides.of(4, 4));
            assertThat(outcome.tally().comparedRows()).isEqualTo(2998);
            assertThat(outcome.effort().rowsFetched()).as("%s", search).isBetween(8L, 300L);
        }
    }

    @Test
    void comparesCompositeKeysByTheLongestCommonPrefix() {
        TestServer.run(
                "drop table if exists pairs_a, pairs_b",
                "create table pairs_a (x int not null, y text collate \"C\" not null, z int not null, v int, primary key (y, x, z))",
                "create table pairs_b (z bigint, y varchar collate \"C\", x bigint, v int)",
                "create index on pairs_b (y, x desc, v)",
                "insert into pairs_a select x, y, z, x + z from generate_series(1, 11) x, (values ('1'), ('11'), ('é'), ('')) t(y), generate_series(1, 3) z",
                "insert into pairs_b select z, y, x, v from pairs_a where (x, y) <> (1, '11')",
                "insert into pairs_b values (null, '1', 1, 1), (1, null, 1, 1), (1, '11', 111, 1)",
                "analyze pairs_a, pairs_b");

        Diffing.Outcome outcome = diff(TINY, table("pairs_a"), table("pairs_b"), "x", "y", "z");

        assertThat(outcome.plan().algorithm()).isEqualTo("key ranges");
        assertThat(outcome.plan().tasks()).hasSizeGreaterThan(10);
        assertThat(outcome.tally())
                .isEqualTo(new Tally(
                        Sides.of(132, 132),
                        Sides.of(0, 2),
                        Sides.ZERO,
                        Sides.of(132, 130),
                        Sides.of(3, 1),
                        129,
                        0,
                        List.of(0L)));
    }

    @Test
    void countsPartitionsMaterializedViewsAndParents() {
        TestServer.run(
                "drop table if exists parts cascade",
                "drop table if exists parent cascade",
                "create table parts (id int primary key, v int) partition by range (id)",
                "create table parts_1 partition of parts for values from (0) to (500)",
                "create table parts_2 partition of parts for values from (500) to (5000)",
                "insert into parts select g, g from generate_series(1, 1000) g",
                "create materialized view parts_view as select * from parts",
                "create unique index on parts_view (id)",
                "create table parent (id int primary key, v int)",
                "create table child () inherits (parent)",
                "insert into parent select g, g from generate_series(1, 600) g",
                "insert into child select g, g from generate_series(501, 1000) g",
                "analyze parts, parts_view, parent");

        Diffing.Outcome views = diff(TINY, table("parts"), table("parts_view"), "id");
        Diffing.Outcome parents = diff(TINY, table("parts"), table("parent"), "id");
        Diffing.Outcome both = diff(TINY, table("parent"), table("parent"), "id");

        assertThat(views.plan().algorithm()).isEqualTo("key ranges");
        assertThat(views.plan().tasks()).hasSize(20);
        assertThat(views.tally().comparedRows()).isEqualTo(1000);
        assertThat(views.effort().dirtyBuckets()).isZero();
        assertThat(parents.tally().dupes()).isEqualTo(Sides.of(0, 200));
        assertThat(parents.tally().comparedRows()).isEqualTo(900);
        assertThat(both.effort().dirtyBuckets()).isZero();
        assertThat(both.tally().dupes()).isEqualTo(Sides.of(200, 200));
        assertThat(both.tally().comparedRows()).isEqualTo(900);
    }

    @Test
    void believesOnlyIndexesThatPromise() {
        TestServer.run(
                "drop table if exists half",
                "create table half (id int not null, v int, w int not null)",
                "insert into half select g / 2, g / 2, g from generate_series(0, 99) g",
                "create unique index on half (id) where v > 1000",
                "create unique index on half ((id + w))",
                "create unique index on half (id, w)",
                "create index on half (id)");

        for (Sizing sizing : List.of(Sizing.DEFAULT, TINY)) {
            DiffSpec spec = new DiffSpec(table("half"), table("half"), List.of("id"), List.of("v"), List.of());
            Tally tally = diff(sizing, spec).tally();

            assertThat(tally.dupes()).isEqualTo(Sides.of(100, 100));
            assertThat(tally.distincts()).isEqualTo(Sides.of(50, 50));
            assertThat(tally.comparedRows()).isZero();
        }
    }

    @Test
    void doesNotBelieveAUniqueIndexOnWhatEqualityMerges() {
        TestServer.run(
                "drop table if exists exact, rough",
                "create table exact (id bigint primary key)",
                "create table rough (id float8)",
                "insert into exact values (9007199254740992), (9007199254740993), (5)",
                "insert into rough values (9007199254740992), (9007199254740992), (5)");

        Diffing.Outcome outcome = diff(table("exact"), table("rough"), "id");

        assertThat(outcome.effort().dirtyBuckets()).isZero();
        assertThat(outcome.tally().dupes()).isEqualTo(Sides.of(2, 2));
        assertThat(outcome.tally().comparedRows()).isEqualTo(1);
    }

    @Test
    void comparesNothingWithSomething() {
        TestServer.run(
                "drop table if exists empty, filled",
                "create table empty (id int primary key, v text)",
                "create table filled (id int primary key, v text)",
                "insert into filled select g, g from generate_series(1, 40) g");

        for (Sizing sizing : List.of(Sizing.DEFAULT, TINY)) {
            assertThat(diff(sizing, table("empty"), table("filled"), "id")
                            .tally()
                            .exclusives())
                    .isEqualTo(Sides.of(0, 40));
            assertThat(diff(sizing, table("empty"), table("empty"), "id").tally())
                    .isEqualTo(Tally.zero(1));
        }
    }

    @Test
    void comparesTheKeyAlone() {
        TestServer.run("drop table if exists alone", "create table alone as select generate_series(1, 5) as id");

        Tally tally = diff(table("alone"), new Dataset(List.of("public", "alone"), null, "id > 2"), "id")
                .tally();

        assertThat(tally.exclusives()).isEqualTo(Sides.of(2, 0));
        assertThat(tally.comparedRows()).isEqualTo(3);
        assertThat(tally.differencesPerColumn()).isEmpty();
    }
}
