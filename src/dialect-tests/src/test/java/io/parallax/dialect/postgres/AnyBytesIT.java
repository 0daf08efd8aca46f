package io.parallax.dialect.postgres;

import static io.parallax.engine.Diffing.diff;
import static io.parallax.engine.Diffing.table;
import static org.assertj.core.api.Assertions.assertThat;

import io.parallax.contract.DiffSpec;
import io.parallax.contract.SourceDetails;
import io.parallax.contract.Workspace;
import io.parallax.contract.message.SourceQuestion;
import io.parallax.contract.tally.Sides;
import io.parallax.contract.tally.Tally;
import io.parallax.engine.DiffEngine;
import io.parallax.engine.Diffing;
import io.parallax.engine.TestServer;
import io.parallax.engine.session.Cancellation;
import io.parallax.engine.task.Databases;
import io.parallax.engine.task.Sizing;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A database of encoding SQL_ASCII takes any bytes for text, be they UTF-8 or not. */
class AnyBytesIT {
    private static final String DATABASE = "any_bytes";
    private static final String PREFIX = "parallax_00000000000000ab_";
    private static final List<Sizing> SIZINGS = List.of(
            Sizing.DEFAULT,
            Diffing.ONE,
            new Sizing(0, 2, 1, 20, 3, 2, 4, Sizing.Approach.SEGMENTS),
            new Sizing(0, 2, 1, 20, 3, 2, 4, Sizing.Approach.PIECES));

    @BeforeAll
    static void create() throws SQLException {
        TestServer.run(
                "drop database if exists " + DATABASE,
                "create database " + DATABASE + " template template0 encoding 'SQL_ASCII' locale 'C'");
        try (var connection = TestServer.connect(DATABASE);
                Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            statement.execute("create table texts (id int, k text, v text, j json, a text[])");
            for (String value : List.of(
                    "'plain'",
                    "E'caf\\xe9'",
                    "E'caf\\xc3\\xa9'",
                    "E'\\xed\\xa0\\x80'",
                    "repeat(E'\\xc3\\xa9', 1500)",
                    "repeat(E'\\xc3\\xa9', 700)",
                    "repeat(E'\\xe9', 2000)",
                    "repeat('x', 1001)")) {
                statement.execute("insert into texts select count(*), " + value + ", " + value + ", ('\"' || " + value
                        + " || '\"')::json, array[" + value + "] from texts");
            }
        }
        TestServer.run(
                "drop table if exists texts",
                "create table texts (id int, k text, v text, j jsonb, a text[])",
                "insert into texts select i, t, t, to_jsonb(t), array[t] from (values (0, 'plain'), (2, 'café'),"
                        + " (4, repeat('é', 1500)), (5, repeat('é', 700)), (7, repeat('x', 1001)), (1, 'other')) s(i, t)");
    }

    @AfterAll
    static void drop() {
        TestServer.run("drop database if exists " + DATABASE + " with (force)", "drop table texts");
    }

    private static SourceDetails any() {
        return new SourceDetails("pg", TestServer.options().put("dbname", DATABASE));
    }

    private static Diffing.Outcome compared(Sizing sizing, String key, SourceDetails a, SourceDetails b) {
        DiffSpec spec = DiffSpec.draft(table("texts"), table("texts"), List.of(key), List.of("v", "j", "a"), List.of())
                .profiles(true)
                .spec();
        return diff(Diffing.engine(sizing), spec, a, b);
    }

    @Test
    void isComparedWithItself() {
        for (Sizing sizing : SIZINGS) {
            for (String key : List.of("id", "k", "j", "a")) {
                Tally tally = compared(sizing, key, any(), any()).tally();

                assertThat(tally.exclusives()).as("%s %s", key, sizing).isEqualTo(Sides.ZERO);
                assertThat(tally.comparedRows()).isEqualTo(8);
                assertThat(tally.rowsWithDifferences()).isZero();
            }
        }
    }

    @Test
    void isComparedWithUtf8() {
        for (Sizing sizing : SIZINGS) {
            Tally byId = compared(sizing, "id", any(), TestServer.source()).tally();
            Tally byText = compared(sizing, "k", any(), TestServer.source()).tally();

            assertThat(byId.exclusives()).as("%s", sizing).isEqualTo(Sides.of(2, 0));
            assertThat(byId.differencesPerColumn()).containsExactly(1L, 1L, 1L);
            assertThat(byText.exclusives()).isEqualTo(Sides.of(3, 1));
            assertThat(byText.rowsWithDifferences()).isZero();
        }
    }

    /** Which goes through the worker, as bytes. */
    @Test
    void isCopied() {
        Workspace workspace = new Workspace(PREFIX, "public", "public", null);
        DiffSpec spec = DiffSpec.draft(table("texts"), table("texts"), List.of("id"), List.of(), List.of())
                .workspace(workspace)
                .spec();
        DiffEngine engine = Diffing.engine(Sizing.DEFAULT);
        try {
            Tally tally = engine.plan(spec, new Databases(any(), any(), null), null, PREFIX, new Cancellation())
                    .plan()
                    .settled();

            assertThat(tally.comparedRows()).isEqualTo(8);
            assertThat(tally.rowsWithDifferences()).isZero();
        } finally {
            engine.dropTables(any(), "public", PREFIX, new Cancellation());
        }
    }

    @Test
    void isProfiledAndAsked() {
        var profiles = Objects.requireNonNull(
                compared(Sizing.DEFAULT, "id", any(), any()).plan().profiles());
        var answer = Diffing.engine(Sizing.DEFAULT)
                .answer(
                        new SourceQuestion.Query("select v from texts where id = 1", 10, null, null),
                        any(),
                        new Cancellation());

        assertThat(profiles.get(0).rows()).isEqualTo(8);
        assertThat(answer.at("/rows/0/v").asText()).isEqualTo("caf\\351");
    }
}
