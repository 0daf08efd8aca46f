package io.parallax.engine.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parallax.contract.DiffFailedException;
import io.parallax.contract.ErrorType;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class UserSqlTest {
    private static final Map<String, String> ONE = Map.of("1", "1");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select 1",
                "  SELECT 1",
                "with x as (select 1) select * from x",
                "values (1)",
                "table t",
                "(select 1)",
                "/* why */ select 1",
                "-- why\nselect 1",
                "select ';'",
                "select 'it''s ; fine'",
                "select E'it\\'s ; fine'",
                "select e'\\\\'",
                "select U&'d\\0061t ; a'",
                "select \"a;b\", \"a\"\"b(\"",
                "select $$ ; ) $$",
                "select $tag$ ; $$ ' $tag$",
                "select $é$;$é$",
                "select a$b$c from t",
                "select 1 -- ; and )",
                "select /* ; /* ) */ ( */ 1",
                "select '--', '/*'",
                "select x'1F', b'01', n'a'",
                "select 1.5e10, .5, 1e-5",
                "select doc ? 'a' from t",
                "select 'a'\n'b;'",
                "select arr[1:2] from t",
                "select E'a' || 'b'",
                "select\t1\r\n+\f2",
                "select '\u000b\u001f\u007f', \"\u000b\", $$\u000b$$, E'\u000b'",
                "select \"$1\" from t",
            })
    void letsOneQueryThrough(String sql) {
        assertThat(UserSql.query(sql)).isEqualTo(sql);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "select $1 | select (1)",
                "select $1 + $2, $1;-- $3 | select (1) + ('it''s'), (1);-- $3",
                "select '$1', \"$1\", $$ $1 $$, $a$$1$a$, E'\\' $1', /* $9 */ $1, a$1 | "
                        + "select '$1', \"$1\", $$ $1 $$, $a$$1$a$, E'\\' $1', /* $9 */ (1), a$1",
                "select :n::int, x::n, ':n', a[:n], a[1:2], e:n | select (-1)::int, x::n, ':n', a[(-1)], a[1:2], e(-1)",
            })
    void fillsParametersIn(String sql, String filled) {
        Map<String, String> values =
                sql.contains(":n") ? Map.of("n", "-1") : sql.contains("$2") ? Map.of("1", "1", "2", "'it''s'") : ONE;
        assertThat(UserSql.fill(sql, values).text()).isEqualTo(filled);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"select $2, $1", "select '$1'", "select $1abc", "select :one", "select a$1", "select $1, $"})
    void refusesParametersAndValuesThatDoNotMeet(String sql) {
        assertThatThrownBy(() -> UserSql.fill(sql, ONE)).isInstanceOf(DiffFailedException.class);
    }

    @Test
    void skipsAByteOrderMark() {
        assertThat(UserSql.query("\uFEFFselect 1")).isEqualTo("select 1");
        assertThat(UserSql.filter("\uFEFFid > 1")).isEqualTo("id > 1");
        assertThat(UserSql.filter("\uFEFF")).isNull();
        assertThat(UserSql.fill("\uFEFFselect $1", ONE).text()).isEqualTo("select (1)");
    }

    @Test
    void refusesControlCharactersInFilters() {
        assertThatThrownBy(() -> UserSql.filter("id\u000b= 1")).hasMessageContaining("U+000B");
    }

    @Test
    void dropsTheClosingSemicolon() {
        assertThat(UserSql.query("select 1 ; -- done\n /* really */ ")).isEqualTo("select 1 ");
        assertThat(UserSql.query("select 1;; -- done\n;")).isEqualTo("select 1");
        assertThat(UserSql.filter("x > 1;")).isEqualTo("x > 1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "  \n",
                "-- nothing",
                "/* nothing */",
                ";",
                "delete from t",
                "insert into t values (1)",
                "set role x",
                "commit",
                "do $$ begin end $$",
                "explain select 1",
                "selects",
                "select 1; select 2",
                "select 1; drop table t; --",
                "select (1; select 2)",
                "select 1)",
                "select (1",
                "select 1) from (select 2",
                "select 1) q; commit; drop table t; select * from (select 1",
                "select 'a",
                "select \"a",
                "select E'a\\'",
                "select $$ a",
                "select $a$ b $A$",
                "select /* a",
                "select /* /* */",
                "select $1",
                "select $",
                "select $1$a$ ' $a$ ; drop table t -- '",
                // A plain string that continues an E'' string keeps its escapes.
                "select E'a'\n'b\\''; drop table t --'",
                "select E'a' -- c\n 'b\\''; drop table t --'",
                // Old versions read a number and then an E'' string.
                "select 1E'\\''; drop table t --'",
                "select 1$$ ' $$; drop table t -- '",
                "select 1\0",
                // A blank to versions from 17 on.
                "select E'a'\u000b\n'b\\''; drop table t --'",
                "select 1\u000b",
                "select 1 /* \u000b */",
                "select 1 -- \u000b",
                "select\u001f1",
                "select 1\u007f",
                "\u000bselect 1",
                "select 1 \uFEFF; select 2",
                "select '\uD800'",
                "select '\uDC00\uD800'",
            })
    void refusesAnythingElse(String sql) {
        assertThatThrownBy(() -> UserSql.query(sql)).isInstanceOfSatisfying(DiffFailedException.class, e -> assertThat(
                        e.failure().type())
                .isEqualTo(ErrorType.QUERY_ERROR));
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "  ", "-- all of them", "/* all */"})
    void takesAnEmptyFilterForNone(String sql) {
        assertThat(UserSql.filter(sql)).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "true) or (true",
                "true); commit; drop table t; --",
                "id = 1; select 2",
                "id = 1) union select * from (t",
                "id = 'a",
                "id = 1 /*",
                ";",
                "id = ')' )",
            })
    void refusesFiltersThatLeaveTheirPlace(String sql) {
        assertThatThrownBy(() -> UserSql.filter(sql)).isInstanceOf(DiffFailedException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"id > 1", "id in (select id from u)", "name = ')'", "name = $$;$$", "id > 1 -- most", "doc ? 'a'"
            })
    void letsConditionsThrough(String sql) {
        assertThat(UserSql.filter(sql)).isEqualTo(sql);
    }

    @Test
    void readsLongInputsWithoutRecursion() {
        assertThat(UserSql.query("select E'" + "''".repeat(100_000) + "'")).hasSize(200_010);
        assertThat(UserSql.query("select " + "/*".repeat(50_000) + "*/".repeat(50_000) + "1"))
                .endsWith("1");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "select (1), (2 + (3) | (line 1, column 13)",
                "select 'é😀', 'x | (line 1, column 14)",
                "select 1 /* a /* b */ | (line 1, column 10)",
                "select 1 ) | (line 1, column 10)",
                "select 1; select 2 | (line 1, column 11)",
                "select $a$ x | (line 1, column 8)",
            })
    void saysWhere(String sql, String where) {
        assertThatThrownBy(() -> UserSql.query(sql)).hasMessageContaining(where);
        assertThatThrownBy(() -> UserSql.query("select -- (\n" + sql))
                .hasMessageContaining(where.replace("line 1", "line 2"));
    }

    @Test
    void knowsWhereFilledTextComesFrom() {
        FilledSql filled = UserSql.fill("select $1, x, $1 + y", ONE);
        assertThat(filled.offset(filled.text().indexOf("x"))).isEqualTo(11);
        assertThat(filled.offset(filled.text().indexOf("y"))).isEqualTo(19);
        assertThat(filled.offset(filled.text().indexOf("(") + 1)).isEqualTo(7);
        assertThat(filled.offset(0)).isZero();
    }
}
