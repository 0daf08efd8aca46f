package io.parallax.engine;

import static io.parallax.engine.Diffing.diff;
import static io.parallax.engine.Diffing.query;
import static io.parallax.engine.Diffing.table;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parallax.contract.Dataset;
import io.parallax.contract.DiffFailedException;
import io.parallax.contract.DiffSpec;
import io.parallax.contract.ErrorType;
import io.parallax.contract.SourceDetails;
import io.parallax.contract.tally.Sides;
import io.parallax.engine.task.Sizing;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What users may write, and what they may not, against a real server. */
class UserSqlIT {
    @BeforeAll
    static void tables() {
        TestServer.run(
                "drop table if exists victim cascade",
                "drop table if exists \"Odd.\"\"Näme? $1 --\"",
                "drop sequence if exists victim_seq",
                "create table victim (id int primary key, v text, doc jsonb)",
                "create sequence victim_seq",
                "insert into victim select g, 'v' || g, jsonb_build_object('a', g) from generate_series(1, 20) g",
                "create view victim_view as select * from victim",
                "create or replace function eats() returns int language plpgsql volatile as"
                        + " 'begin delete from victim; return 1; end'",
                "create table \"Odd.\"\"Näme? $1 --\" (\"the \"\"Key\"\"\" int primary key, \"per?cent %s %\" text, \"b\" int, \"k0\" int, \"r\" int)",
                "insert into \"Odd.\"\"Näme? $1 --\" select g, 'x', g, g, g from generate_series(1, 9) g",
                "analyze victim");
    }

    @AfterEach
    void nothingHasChanged() {
        assertThat(TestServer.one("select count(*) || ',' || (select is_called from victim_seq) from victim"))
                .isEqualTo("20,false");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "with gone as (delete from victim returning *) select * from gone",
                "select * from victim for update",
                "select id, eats() as v from victim",
                "select nextval('victim_seq') as id",
                "select * into stolen from victim",
                "select 1 as id; delete from victim",
                "select 1 as id) q; delete from victim; select * from (select 1 as id",
                "delete from victim",
                "select set_config('transaction_read_only', 'off', false) as v, 1 as id",
                "select id, (1 / (id - id))::text as v from victim",
                "select nothing from",
                "select id, id from victim",
                "select 1, 2 as id",
            })
    void refusesQueriesThatAreNoPlainQueries(String sql) {
        assertFails(query(sql), ErrorType.QUERY_ERROR);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "select * from nowhere | NO_SUCH_TABLE",
                "select * from nowhere.victim | NO_SUCH_TABLE",
                "select id, w from victim | NO_SUCH_COLUMN",
                "select v from victim | NO_SUCH_COLUMN",
                "select v as id from victim | TYPE_MISMATCH",
            })
    void saysWhatIsMissing(String sql, ErrorType type) {
        assertFails(query(sql), type);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "this is no sql",
                "id > 1) or (true",
                "true); delete from victim; --",
                "id = 1; delete from victim",
                "eats() = 1",
                "id",
                "count(*) > 1",
                "id > 'x'",
                "id > 1 order by id",
                "id in (select id from victim for update)",
            })
    void refusesFiltersThatAreNoConditions(String sql) {
        assertFails(new Dataset(List.of("victim"), null, sql), ErrorType.QUERY_ERROR);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "id > 10",
                "id > 10 -- the upper half",
                "id > 10;",
                "victim.id > 10",
                "(doc ->> 'a')::int > 10 and doc ? 'a'",
                "v <> ';)' and id > 10 /* ' */",
                "v <> E'\\';' and id > 10",
                "id in (select id from victim_view where id > 10)",
                "v <> $$'$$ and id > 10",
                "v <> '{fn now()}' and id > 10",
            })
    void filtersTables(String filter) {
        for (Sizing sizing : List.of(Sizing.DEFAULT, Diffing.TINY)) {
            var tally = diff(sizing, new Dataset(List.of("public", "victim"), null, filter), table("victim"), "id")
                    .tally();

            assertThat(tally.totalRows()).isEqualTo(Sides.of(10, 20));
            assertThat(tally.comparedRows()).isEqualTo(10);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select * from victim;",
                "select * from victim -- all",
                "(select * from victim)",
                "with x as (select * from victim) select * from x",
                "table victim",
                "select id, v, doc from victim_view where doc ? 'a' and v <> '?;--'",
                "values (1, 'v1', '{\"a\":1}'::json) limit 0",
            })
    void takesQueries(String sql) {
        String named = sql.startsWith("values") ? "select * from (" + sql + ") t(id, v, doc)" : sql;

        var tally = diff(Diffing.TINY, query(named), table("victim_view"), "id").tally();

        assertThat(tally.rowsWithDifferences()).isZero();
        assertThat(tally.totalRows().b()).isEqualTo(20);
    }

    @Test
    void takesAnyName() {
        Dataset odd = new Dataset(List.of("postgres", "public", "Odd.\"Näme? $1 --"), null, "\"per?cent %s %\" = 'x'");

        for (Sizing sizing : List.of(Sizing.DEFAULT, Diffing.TINY)) {
            var outcome = diff(sizing, odd, odd, "the \"Key\"");

            assertThat(outcome.plan().comparedColumns()).containsExactly("per?cent %s %", "b", "k0", "r");
            assertThat(outcome.tally().comparedRows()).isEqualTo(9);
            assertThat(outcome.effort().dirtyBuckets()).isZero();
        }
    }

    @Test
    void saysWhichTableIsMissing() {
        assertThatThrownBy(() -> diff(new Dataset(List.of("VICTIM"), null, null), table("victim"), "id"))
                .hasMessageContainingAll("Side A", "VICTIM", "[\"public\",\"victim\"]");
        assertThatThrownBy(() ->
                        diff(table("victim"), new Dataset(List.of("other", "public", "victim"), null, null), "id"))
                .hasMessageContainingAll("Side B", "database other", "postgres");
        assertFails(new Dataset(List.of("a", "b", "c", "d"), null, null), ErrorType.NO_SUCH_TABLE);
        assertFails(table("victim_seq"), ErrorType.NO_SUCH_TABLE);
        assertFails(table("victim\0"), ErrorType.QUERY_ERROR);
    }

    @Test
    void saysWhenATableMayNotBeRead() {
        TestServer.run("drop role if exists stranger", "create role stranger");
        var stranger = new SourceDetails("pg", TestServer.options().put("role", "stranger"));
        var spec = new DiffSpec(table("victim"), table("victim"), List.of("id"), List.of(), List.of());

        assertThatThrownBy(() -> Diffing.diff(Diffing.DEFAULT, spec, stranger, TestServer.source()))
                .hasMessageContainingAll("QueryError", "GRANT SELECT ON \"public\".\"victim\" TO \"stranger\"");
    }

    private static void assertFails(Dataset dataset, ErrorType type) {
        assertThatThrownBy(() -> diff(dataset, table("victim"), "id"))
                .isInstanceOfSatisfying(
                        DiffFailedException.class, e -> assertThat(e.failure().type())
                                .as(e.failure().message())
                                .isEqualTo(type));
    }
}
