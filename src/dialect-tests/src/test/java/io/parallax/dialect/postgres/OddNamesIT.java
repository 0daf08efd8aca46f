package io.parallax.dialect.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parallax.contract.Codec;
import io.parallax.contract.Dataset;
import io.parallax.contract.DiffSpec;
import io.parallax.contract.EqualityRules;
import io.parallax.contract.EqualityRules.Tolerance;
import io.parallax.contract.TimeBuckets;
import io.parallax.contract.TimeClip;
import io.parallax.contract.Workspace;
import io.parallax.contract.tally.DifferingRow;
import io.parallax.contract.tally.Sides;
import io.parallax.engine.DiffEngine;
import io.parallax.engine.Diffing;
import io.parallax.engine.TestServer;
import io.parallax.engine.postgres.sql.Sql;
import io.parallax.engine.session.Cancellation;
import io.parallax.engine.task.Compared;
import io.parallax.engine.task.Databases;
import io.parallax.engine.task.HeldSnapshot;
import io.parallax.engine.task.Planned;
import io.parallax.engine.task.Sizing;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Columns may have any name: PostgreSQL's own words, those that we use ourselves, and what is no word at all. */
class OddNamesIT {
    private static final String PREFIX = "parallax_0123456789abcde0_";

    private static final int KEY = 8;

    private static final List<Sizing> SIZINGS = List.of(Diffing.ONE, Diffing.TINY, Diffing.PIECES);

    private static final List<String> NO_WORDS = List.of(
            "a\"b",
            "\"",
            "a.b",
            ".",
            "[x]",
            "x[1]",
            "(",
            ")",
            "()",
            ",",
            ";",
            "$$",
            "$1",
            ":x",
            "--",
            "-- x",
            "/*",
            "*/",
            "'",
            "''",
            "E'",
            "%s",
            "%1$s",
            "%",
            "\\",
            "\\1",
            " ",
            " x ",
            "\n",
            "\t",
            "ünï",
            "\uD83D\uDE00",
            "é",
            "e\u0301",
            "0",
            "1e5",
            "=",
            "<>",
            "::",
            "Id",
            "ID",
            "/* as given */",
            "parallax: end",
            "parallax: json",
            "pg_catalog",
            "pg_catalog.text");

    /** Of our own SQL, and others that mean something in it. */
    private static final List<String> OURS = Stream.concat(
                    "abcdefghijklmnopqrstuvwxyz".chars().mapToObj(c -> String.valueOf((char) c)),
                    Stream.of(
                            "k0", "k1", "v0", "v1", "count", "id2", "ctid", "given", "hash", "bucket", "rows", "side",
                            "kind", "key"))
            .filter(name -> !name.equals("ctid"))
            .toList();

    private static final List<String> ODD =
            Stream.concat(NO_WORDS.stream(), OURS.stream()).toList();

    /** Whose SQL is short enough for all of them at once. */
    private static final List<String> SIMPLE = List.of("int", "text", "numeric", "date", "bytea");

    private static final List<String> FEW = List.of(
            "a\"b", "case", "end", "x", "v", "%s", "--", "$$", "ünï", "a.b", "'", "\\", "select", "/* as given */");

    private static List<String> words = List.of();

    @BeforeAll
    static void tables() {
        TestServer.run(
                "drop schema if exists \"na\"\"mes\" cascade",
                "create schema \"na\"\"mes\"",
                "create type \"na\"\"mes\".\"ty.pe\" as (\"select\" timestamptz, \"v\" float8)");
        words = Arrays.asList(TestServer.one("select string_agg(word, ' ' order by word) from pg_get_keywords()")
                .split(" "));
    }

    @AfterAll
    static void drop() {
        TestServer.run("drop schema \"na\"\"mes\" cascade");
    }

    /** A table of a key and columns of those names, all of one type. */
    private static void table(String table, List<String> names, String type, String value) {
        TestServer.run(
                "drop table if exists \"na\"\"mes\"." + Sql.identifier(table),
                names.stream()
                        .map(name -> Sql.identifier(name) + " " + type)
                        .collect(Collectors.joining(
                                ", ",
                                "create table \"na\"\"mes\"." + Sql.identifier(table)
                                        + " (\"the key\" int primary key, ",
                                ")")),
                names.stream()
                        .map(name -> "(" + value + ")::" + type)
                        .collect(Collectors.joining(
                                ", ",
                                "insert into \"na\"\"mes\"." + Sql.identifier(table) + " select g, ",
                                " from generate_series(1, 40) g")));
    }

    private static Dataset dataset(String table) {
        return new Dataset(List.of("na\"mes", table), null, null);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "int            | g                                    | g + 1",
                "text           | g                                    | -g",
                "varchar(9)     | g                                    | -g",
                "numeric        | g / 7.0                              | g / 8.0",
                "float8         | g / 7.0                              | g / 8.0",
                "date           | date '2026-01-01' + g                | date '2025-01-01' + g",
                "timestamptz    | to_timestamp(g)                      | to_timestamp(-g)",
                "interval       | make_interval(days => g)             | make_interval(months => g)",
                "jsonb          | to_jsonb(g)                          | to_jsonb(-g)",
                "json           | to_json(g)                           | to_json(-g)",
                "bytea          | int4send(g)                          | int4send(-g)",
                "money          | g::money                             | (-g)::money",
                "point          | point(g / 7.0, 1)                    | point(1, g)",
                "float8[]       | array[g / 7.0]                       | array[g, g]",
                "timestamptz[]  | array[to_timestamp(g)]               | array[to_timestamp(-g)]",
                "tstzrange      | tstzrange(to_timestamp(g), null)     | tstzrange(null, to_timestamp(g))",
                "\"na\"\"mes\".\"ty.pe\"   | row(to_timestamp(g), g / 7.0)::\"na\"\"mes\".\"ty.pe\" | row(null, g)::\"na\"\"mes\".\"ty.pe\"",
                "\"na\"\"mes\".\"ty.pe\"[] | array[row(to_timestamp(g), g / 7.0)::\"na\"\"mes\".\"ty.pe\"] | array[row(null, g)::\"na\"\"mes\".\"ty.pe\"]",
            })
    void areCompared(String type, String value, String other) {
        List<String> names = SIMPLE.contains(type) ? ODD : FEW;
        table("a", names, type, value);
        table("or.der", names, type, "case when g % 10 = 7 then " + other + " else " + value + " end");
        for (Sizing sizing : SIZINGS) {
            Diffing.Outcome diff = Diffing.diff(
                    sizing, new DiffSpec(dataset("a"), dataset("or.der"), List.of("the key"), List.of(), List.of()));

            assertThat(diff.tally().rowsWithDifferences()).as(type + sizing).isEqualTo(4);
            assertThat(diff.rows()).as(type + sizing).hasSize(4).allSatisfy(row -> assertThat(names(row))
                    .containsExactlyInAnyOrderElementsOf(names));
        }
    }

    private static List<String> names(DifferingRow row) {
        List<String> names = new ArrayList<>();
        row.values().fieldNames().forEachRemaining(names::add);
        return names;
    }

    @Test
    void wordsAreCompared() {
        table("a", words, "int", "g");
        table("or.der", words, "int", "case when g % 10 = 7 then -g else g end");
        for (Sizing sizing : SIZINGS) {
            Diffing.Outcome diff = Diffing.diff(
                    sizing, new DiffSpec(dataset("a"), dataset("or.der"), List.of("the key"), List.of(), List.of()));

            assertThat(diff.rows()).hasSize(4).allSatisfy(row -> assertThat(names(row))
                    .containsExactlyInAnyOrderElementsOf(words));
        }
    }

    /** Several at a time, so that it does not take long. */
    @ParameterizedTest
    @ValueSource(strings = {"int", "text", "timestamptz", "float8"})
    void areKeys(String type) {
        List<String> names =
                Stream.of(ODD, words).flatMap(List::stream).distinct().toList();
        String value = type.equals("timestamptz") ? "to_timestamp(g)" : "g";
        table("a", names, type, value);
        table("or.der", names, type, value);
        TestServer.run("delete from \"na\"\"mes\".a where \"the key\" = 1");
        int most = type.equals("int") ? names.size() : 2 * KEY;
        for (int i = 0; i < most; i += KEY) {
            List<String> key = names.subList(i, Math.min(i + KEY, names.size()));
            Diffing.Outcome diff = Diffing.diff(
                    i % (2 * KEY) == 0 ? Diffing.ONE : Diffing.TINY,
                    new DiffSpec(dataset("a"), dataset("or.der"), key, List.of("the key"), List.of()));

            assertThat(diff.tally().totalRows()).as("%s", key).isEqualTo(Sides.of(39, 40));
            assertThat(diff.tally().comparedRows()).as("%s", key).isEqualTo(39);
            assertThat(diff.rows()).as("%s", key).singleElement().satisfies(row -> assertThat(
                            row.key().size())
                    .isEqualTo(key.size()));
        }
    }

    @Test
    void areTolerated() {
        table("a", FEW, "int", "g * 10");
        table("or.der", FEW, "int", "g * 10 + g % 2 + case when g = 30 then 5 else 0 end");
        for (String name : FEW) {
            EqualityRules rules = EqualityRules.NONE.perColumn(Map.of(name, new Tolerance(BigDecimal.ONE, false)));
            Diffing.Outcome diff = Diffing.diff(
                    Diffing.TINY,
                    DiffSpec.draft(dataset("a"), dataset("or.der"), List.of("the key"), List.of(name), List.of())
                            .rules(rules)
                            .spec());

            assertThat(diff.tally().rowsWithDifferences()).as(name).isEqualTo(1);
        }
    }

    /** As filtered, clipped, put in buckets, copied, written to tables, profiled, and looked up again. */
    @Test
    void areGoodForEverything() {
        table("a", FEW, "timestamptz", "to_timestamp(g * 100000)");
        table(
                "or.der",
                FEW,
                "timestamptz",
                "to_timestamp(g * 100000 + case when g = 30 then 1000 when g % 2 = 0 then 1 else 0 end)");
        for (String name : FEW) {
            String quoted = Sql.identifier(name);
            Workspace workspace = new Workspace(PREFIX, "na\"mes", "na\"mes", new Workspace.Results("na\"mes", true));
            Dataset a = new Dataset(List.of("na\"mes", "a"), null, quoted + " > to_timestamp(0) -- (");
            Dataset b = new Dataset(
                    null,
                    "select * from \"na\"\"mes\".\"or.der\" where $q$ ' \" -- /* $q$ <> U&'\\0041' and E'\\'' <> '\\' -- ends so",
                    quoted + " > to_timestamp(0) /* ( */");
            DiffSpec spec = DiffSpec.draft(a, b, List.of("the key"), List.of(name), List.of())
                    .clip(new TimeClip(name, "1970-01-05T00:00:00Z", null))
                    .timeBuckets(new TimeBuckets(name, TimeBuckets.Unit.DAY))
                    .workspace(workspace)
                    .profiles(true)
                    .spec();
            Databases databases = new Databases(TestServer.source(), TestServer.source(), TestServer.source());
            DiffEngine engine = Diffing.engine(Diffing.TINY);
            Planned planned = engine.plan(spec, databases, null, workspace.temporary(1, 1) + "_", new Cancellation());
            List<String> batches = new ArrayList<>();
            long differing = planned.plan().settled().rowsWithDifferences();
            try (HeldSnapshot held = planned.hold()) {
                for (JsonNode task : planned.plan().tasks()) {
                    Compared compared = engine.compare(planned.plan().common(), task, databases, new Cancellation());
                    differing += compared.tally().rowsWithDifferences();
                    if (compared.batch() != null) {
                        batches.add(compared.batch());
                    }
                }
                ObjectNode publish = Codec.mapper().createObjectNode().put("kind", "publish");
                ArrayNode all = publish.putArray("batches");
                batches.forEach(all::add);
                engine.compare(planned.plan().common(), publish, databases, new Cancellation());
                assertThat(differing).as(name).isEqualTo(19);
            } finally {
                engine.dropTables(TestServer.source(), "na\"mes", PREFIX, new Cancellation());
            }
        }
    }
}
