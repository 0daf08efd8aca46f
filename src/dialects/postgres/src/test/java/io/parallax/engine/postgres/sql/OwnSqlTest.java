package io.parallax.engine.postgres.sql;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OwnSqlTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            value = {
                "select count(*) from \"s\".\"t\" ~ select pg_catalog.count(*) from \"s\".\"t\"",
                "select a + b * c - 1 from x ~ select a OPERATOR(pg_catalog.+) (b OPERATOR(pg_catalog.*) c) OPERATOR(pg_catalog.-) 1 from x",
                "select a * b + c >= d # e from x ~ select a OPERATOR(pg_catalog.*) b OPERATOR(pg_catalog.+) c OPERATOR(pg_catalog.>=) (d OPERATOR(pg_catalog.#) e) from x",
                "select -1, - a, -1::int8, -f(x) ~ select -1, (OPERATOR(pg_catalog.-) a), (OPERATOR(pg_catalog.-) 1::pg_catalog.int8), (OPERATOR(pg_catalog.-) pg_catalog.f(x))",
                "select 'a(b' || x::text collate \"C\" ~ select 'a(b' OPERATOR(pg_catalog.||) x::pg_catalog.text collate pg_catalog.\"C\"",
                "where (a, b) >= ('x'::text, 1::numeric) and c is not null ~ where (a, b) OPERATOR(pg_catalog.>=) ('x'::pg_catalog.text, 1::numeric) and c is not null",
                "where a = any('{1}'::int8[]) ~ where a OPERATOR(pg_catalog.=) any ('{1}'::pg_catalog.int8[])",
                "where (a, b) in (select * from unnest('{1}'::int8[])) ~ where (a, b) OPERATOR(pg_catalog.=) any (select * from pg_catalog.unnest('{1}'::pg_catalog.int8[]))",
                "where a not in (1, 2) and not b ~ where a OPERATOR(pg_catalog.<>) all (array[1, 2]) and not b",
                "select case when a < 0 then 1 else 2 end + 3 ~ select case when a OPERATOR(pg_catalog.<) 0 then 1 else 2 end OPERATOR(pg_catalog.+) 3",
                "select sum(n) filter (where n > 1) - 1 as d ~ select pg_catalog.sum(n) filter (where n OPERATOR(pg_catalog.>) 1) OPERATOR(pg_catalog.-) 1 as d",
                "from f(1) g(a, b), lateral (select 1) h(c) ~ from pg_catalog.f(1) g (a, b), lateral (select 1) h (c)",
                "select left(x, 3) from a left join b on a.k = b.k ~ select pg_catalog.left(x, 3) from a left join b on a.k OPERATOR(pg_catalog.=) b.k",
                "select extract(epoch from now())::int8 ~ select extract (epoch from pg_catalog.now())::pg_catalog.int8",
                "select coalesce(x, ''::bytea), q.* ~ select coalesce (x, ''::pg_catalog.bytea), q.*",
                "select 2::numeric ^ 970 * 3 <= x ~ select 2::numeric OPERATOR(pg_catalog.^) 970 OPERATOR(pg_catalog.*) 3 OPERATOR(pg_catalog.<=) x",
                "from unnest('{1}'::int8[], f(1, 2)) r(a, b) ~ from unnest ('{1}'::pg_catalog.int8[], pg_catalog.f(1, 2)) r (a, b)",
                "from unnest(f(1, 2)) r(a) ~ from pg_catalog.unnest(pg_catalog.f(1, 2)) r (a)",
                "select interval '1 s' * 2 ~ select interval '1 s' OPERATOR(pg_catalog.*) 2",
                "select array_agg(u.e order by u.i) from unnest(x) with ordinality u(e, i) ~ select pg_catalog.array_agg(u.e order by u.i) from pg_catalog.unnest(x) with ordinality u (e, i)",
            })
    void spellsOutWhatIsOurs(String sql, String spelledOut) {
        assertThat(OwnSql.spelledOut(sql)).isEqualTo(spelledOut);
    }

    @Test
    void leavesAloneWhatUsersWrote() {
        String query = OwnSql.given("select ')' || $a$)$a$, E'\\')', count(*) /* ) */ from t -- )\n where a = 1");
        String filter = OwnSql.given("f(x) = 2 and (y)");

        assertThat(OwnSql.spelledOut("select count(*) from (\n" + query + "\n) q where (\n" + filter + "\n) and a = 1"))
                .isEqualTo("select pg_catalog.count(*) from (\n" + query + "\n) q where (\n" + filter
                        + "\n) and a OPERATOR(pg_catalog.=) 1");
    }
}
