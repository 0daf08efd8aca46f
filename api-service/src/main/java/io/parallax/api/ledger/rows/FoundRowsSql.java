package io.parallax.api.ledger.rows;

/** The statements about rows that differ. Whoever uses them holds the diff's row. */
final class FoundRowsSql {
    /** $1 diff, $2 plan. */
    static final String LIMITS =
            "select kind::text as kind, place, rank from differing_limit where diff = $1 and plan = $2";

    /** $1 diff, $2 plan, then by row: $3 kinds, $4 ranks, $5 keys, $6 values, $7 columns, $8 those shortened, each a list of its own. */
    static final String ADD =
            """
            insert into differing_row (diff, plan, kind, rank, key, row_values, columns, shortened)
            select $1, $2, g.kind::differing_kind, g.rank, g.key, g.row_values, g.columns::text[], g.shortened::text[]
            from unnest($3::text[], $4::bigint[], $5::text[], $6::text[], $7::text[], $8::text[])
                 with ordinality as g(kind, rank, key, row_values, columns, shortened, position)
            order by g.position""";

    /**
     * $1 diff, $2 plan, $3 how many: keeps the lowest ranks of each kind and column, and notes the highest of them.
     * Nobody else changes these rows, so that a row's place on disk names it, and no join can be planned badly.
     */
    static final String TRIM =
            """
            with place as (
                select r.ctid as row, r.kind, c.name, r.rank,
                       row_number() over (partition by r.kind, c.name order by r.rank, r.id) as turn
                from differing_row r
                cross join lateral (select p collate "C" from unnest(array_prepend('', r.columns)) p) c(name)
                where r.diff = $1 and r.plan = $2
            ), noted as (
                insert into differing_limit (diff, plan, kind, place, rank)
                select $1, $2, kind, name, rank from place where turn = $3
                on conflict (diff, plan, kind, place) do update set rank = excluded.rank
            )
            delete from differing_row
            where ctid = any(array(select row from place group by row having min(turn) > $3))""";

    /** $1 diff, $2 plan. */
    static final String COUNT =
            "select kind::text as kind, count(*) as n from differing_row where diff = $1 and plan = $2 group by kind";

    /** $1 diff, $2 plan: all that only served to choose this plan's rows, and rows of other plans. */
    static final String FORGET_THE_REST =
            """
            with limits as (delete from differing_limit where diff = $1)
            delete from differing_row where diff = $1 and plan <> $2""";

    /** $1 diff. */
    static final String FORGET =
            """
            with limits as (delete from differing_limit where diff = $1)
            delete from differing_row where diff = $1""";

    /** $1 diff, $2 plan: its rows are the next plan's. */
    static final String HAND_OVER =
            """
            with limits as (update differing_limit set plan = plan + 1 where diff = $1 and plan = $2)
            update differing_row set plan = plan + 1 where diff = $1 and plan = $2""";

    private FoundRowsSql() {}
}
