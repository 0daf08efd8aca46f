package io.parallax.dialect.postgres;

import static io.parallax.engine.Diffing.table;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parallax.contract.Codec;
import io.parallax.contract.DiffSpec;
import io.parallax.contract.SourceDetails;
import io.parallax.contract.message.SourceQuestion;
import io.parallax.contract.tally.Rechecked;
import io.parallax.contract.tally.Sides;
import io.parallax.contract.tally.Tally;
import io.parallax.engine.DiffEngine;
import io.parallax.engine.Diffing;
import io.parallax.engine.TestServer;
import io.parallax.engine.session.Cancellation;
import io.parallax.engine.task.Planned;
import io.parallax.engine.task.Sizing;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Texts of databases whose encoding is not UTF-8, compared with those of one whose encoding is. */
class EncodingsIT {
    private static final String DATABASE = "encoded";

    private static final List<Sizing> SIZINGS = List.of(
            Sizing.DEFAULT,
            Diffing.ONE,
            new Sizing(0, 2, 1, 20, 3, 2, 4, Sizing.Approach.SEGMENTS),
            new Sizing(0, 2, 1, 20, 3, 2, 4, Sizing.Approach.PIECES));

    private static SourceDetails encoded() {
        return new SourceDetails("pg", TestServer.options().put("dbname", DATABASE));
    }

    /** The same tables in both databases. */
    private static void create(String encoding, String... statements) {
        TestServer.run(
                "drop database if exists " + DATABASE + " with (force)",
                "create database " + DATABASE + " template template0 encoding '" + encoding + "' locale 'C'");
        TestServer.run(statements);
        runEncoded(statements);
    }

    private static void runEncoded(String... statements) {
        try (var connection = TestServer.connect(DATABASE);
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @AfterEach
    void drop() {
        TestServer.run("drop database if exists " + DATABASE + " with (force)", "drop table if exists encoded");
    }

    /** What an encoding has no character for cannot be there, but is looked for. */
    @ParameterizedTest
    @ValueSource(strings = {"LATIN1", "LATIN2", "WIN1252", "EUC_JP", "SQL_ASCII"})
    void keysAreReadAgain(String encoding) {
        create(
                encoding,
                "drop table if exists encoded",
                "create table encoded (k text primary key, c char(9), v int)",
                "insert into encoded values ('a', 'a', 1), ('caf' || chr(233), 'caf' || chr(233), 2)"
                        .replace("chr(233)", encoding.equals("SQL_ASCII") ? "'\u00e9'" : "U&'\\00e9'"));
        TestServer.run(
                "update encoded set v = -v",
                "insert into encoded values ('\u20ac', '\u20ac', 3), ('\u65e5\u672c', '\u65e5\u672c', 4), (repeat('\ud83d\ude00', 2000), '\ud83d\ude00', 5)");
        for (String key : List.of("k", "c")) {
            DiffSpec spec = new DiffSpec(table("encoded"), table("encoded"), List.of(key), List.of("v"), List.of());

            Rechecked rechecked = recheck(spec, encoded(), TestServer.source());

            assertThat(rechecked.settled()).isEmpty();
            assertThat(rechecked.remained()).hasSize(5);
        }
    }

    /** Of all keys that differ, with nothing changed in between. */
    private static Rechecked recheck(DiffSpec spec, SourceDetails a, SourceDetails b) {
        DiffEngine engine = Diffing.engine(Sizing.DEFAULT);
        Planned planned = engine.plan(spec, a, b, new Cancellation());
        ObjectNode body = Codec.mapper().createObjectNode().put("kind", "recheck");
        ArrayNode keys = body.putArray("keys");
        Objects.requireNonNull(planned.plan().rows())
                .forEach(row -> keys.addObject().put("id", keys.size()).set("key", row.key()));
        return Objects.requireNonNull(engine.compare(planned.plan().common(), body, a, b, new Cancellation())
                .rechecked());
    }

    /** The same json texts are the same, whatever their escapes are of; names come in one order. */
    @ParameterizedTest
    @ValueSource(strings = {"LATIN1", "LATIN2", "WIN1252", "EUC_JP", "SQL_ASCII"})
    void jsonIsTheSame(String encoding) {
        create(
                encoding,
                "drop table if exists encoded",
                "create table encoded (id int primary key, j json, a json[], b jsonb)",
                "insert into encoded values"
                        + " (1, '[\"\\u00e9\", 1.0]', array['\"\\u20ac\"']::json[], '\"é\"'),"
                        + " (2, '\"\\u20ac\"', array['{\"\\u65e5\": 2}']::json[], '{\"b\": 1.0, \"aa\": 2}'),"
                        + " (3, '\"\\ud83d\\ude00\"', '{}', 'null'),"
                        + " (4, '{\"\\u0041\": \"é\", \"\\u0000\": 1}', '{}', null)");
        if (!encoding.equals("EUC_JP")) {
            String names = "insert into encoded values (5, '{\"abc\": 1, \"é\": {\"é\": 1, \"ab\": 2}, \"ab\": 2}',"
                    + " array['{\"é\": 3, \"ab\": 4}']::json[], '{\"ab\": 1.50, \"é\": 2}')";
            TestServer.run(names);
            runEncoded(names);
        }
        TestServer.run("insert into encoded values (6, '\"日\"', '{}', '\"日\"')");
        for (Sizing sizing : SIZINGS) {
            DiffEngine engine = Diffing.engine(sizing);
            for (String key : List.of("id", "j")) {
                DiffSpec spec = new DiffSpec(table("encoded"), table("encoded"), List.of(key), List.of(), List.of());
                Tally tally = Diffing.diff(engine, spec, encoded(), TestServer.source())
                        .tally();

                assertThat(tally.exclusives()).as("%s %s", key, sizing).isEqualTo(Sides.of(0, 1));
                assertThat(tally.differencesPerColumn()).containsExactly(0L, 0L, 0L);
            }
        }
    }

    /** A database takes bytes that are no character to it, and cannot send them as one. */
    @Test
    void bytesMayBeNoCharacter() {
        create(
                "WIN1252",
                "drop table if exists encoded",
                "create table encoded (id int primary key, k text unique, c char(9), j json, b jsonb, a text[], s tsvector)",
                "insert into encoded values (1, 'a', 'a', '\"a\"', '{\"b\": 1}', '{a}', 'a')");
        runEncoded(
                "insert into encoded select g, t, left(t, 9), ('\"' || t || '\"')::json, ('{\"b\": 1, \"' || t || '\": 2}')::jsonb,"
                        + " array[t], array_to_tsvector(array[t])"
                        + " from (values (2, chr(129)), (3, repeat(chr(141) || 'x', 900)), (4, '€')) v(g, t)");
        TestServer.run("insert into encoded values (2, 'b', 'b', '2', '2', '{b}', 'b')");
        for (Sizing sizing : SIZINGS) {
            DiffEngine engine = Diffing.engine(sizing);
            for (String key : List.of("id", "k", "c", "j", "a", "s")) {
                DiffSpec spec = profiling(key);
                Tally same = Diffing.diff(engine, spec, encoded(), encoded()).tally();
                Tally other = Diffing.diff(engine, spec, encoded(), TestServer.source())
                        .tally();

                assertThat(same.comparedRows()).as("%s %s", key, sizing).isEqualTo(4);
                assertThat(same.rowsWithDifferences()).isZero();
                assertThat(other.exclusives()).isEqualTo(key.equals("id") ? Sides.of(2, 0) : Sides.of(3, 1));
            }
        }
        assertThat(recheck(profiling("k"), encoded(), TestServer.source()).remained())
                .hasSize(4);
        assertThat(Diffing.engine(Sizing.DEFAULT)
                        .answer(
                                new SourceQuestion.Query("select k from encoded where id = 2", 10, null, null),
                                encoded(),
                                new Cancellation())
                        .at("/rows/0/k")
                        .asText())
                .isEqualTo("\u000181");
    }

    /** Which values may be written where is told by the encodings. */
    @Test
    void targetsSayWhichTextsTheyTake() {
        create("LATIN1", "drop table if exists encoded", "create table encoded (id int primary key, k text, a text[])");
        DiffSpec spec = new DiffSpec(table("encoded"), table("encoded"), List.of("id"), List.of(), List.of());

        assertThat(encodings(spec, encoded(), TestServer.source())).containsExactly("LATIN1", "LATIN1");
        assertThat(encodings(spec, TestServer.source(), encoded())).containsExactly("UTF8", "UTF8");
        assertThat(encodings(spec, encoded(), encoded())).containsExactly("UTF8", "UTF8");
        assertThat(encodings(spec, TestServer.source(), TestServer.source())).isEmpty();
    }

    /** Of side A's compared columns. */
    private static List<String> encodings(DiffSpec spec, SourceDetails a, SourceDetails b) {
        var targets = Diffing.engine(Sizing.DEFAULT)
                .plan(spec, a, b, new Cancellation())
                .plan()
                .targets();
        return Objects.requireNonNull(Objects.requireNonNull(targets).a()).values().stream()
                .flatMap(column -> Stream.ofNullable(column.limits()))
                .flatMap(limits -> Stream.ofNullable(limits.encoding()))
                .toList();
    }

    private static DiffSpec profiling(String key) {
        return DiffSpec.draft(table("encoded"), table("encoded"), List.of(key), List.of(), List.of())
                .profiles(true)
                .spec();
    }
}
