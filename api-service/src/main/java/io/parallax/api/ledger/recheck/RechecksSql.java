package io.parallax.api.ledger.recheck;

/** The statements about keys that are read again. Whoever uses them holds the diff's row. */
final class RechecksSql {
    /**
     * $1 diff, $2 plan, $3 seconds to wait, $4 bytes of keys in a task, $5 bytes of the longest key that is sent: the tasks
     * of a last stage, as many as its keys need; says how many. A key goes by the number of its first row.
     */
    static final String BEGIN =
            """
            with last as (
                select coalesce(max(stage), 0) as stage from ledger_task where diff = $1 and plan = $2
            ), keyed as (
                select min(id) as id, key from differing_row
                where diff = $1 and plan = $2 and octet_length(key) <= $5::bigint group by key
            ), cut as (
                select id, key, sum(octet_length(key) + 64) over (order by id) / $4::bigint as part from keyed
            ), added as (
                insert into ledger_task (diff, plan, stage, task, body, not_before)
                select $1, $2, (select stage + 1 + stage % 2 from last), row_number() over (order by floor(part)) - 1,
                       '{"kind":"recheck","keys":['
                       || string_agg('{"id":' || id || ',"key":' || key || '}', ',' order by id) || ']}',
                       now() + $3 * interval '1 second'
                from cut group by floor(part)
                returning task
            )
            update diff set rechecking = true, tasks = tasks + (select count(*) from added), updated_at = now()
            where id = $1 returning (select count(*) from added) as added""";

    /** $1 diff, $2 plan: what the plan holds is not needed any more. */
    static final String LET_GO = "delete from ledger_task where diff = $1 and plan = $2 and holds returning attempt";

    /** $1 diff, $2 plan, $3 keys that were read, $4 those of them that still differ: marks all their rows. */
    static final String MARK =
            """
            update differing_row r set remained = first.id = any($4::bigint[])
            from differing_row first
            where first.diff = $1 and first.plan = $2 and first.id = any($3::bigint[])
              and r.diff = $1 and r.plan = $2 and r.key = first.key""";

    /** $1 diff, $2 plan: over all kinds, whose kind is NULL, and of each one. */
    static final String COUNT =
            """
            select kind::text as kind,
                   count(distinct key) filter (where remained is not null) as rechecked,
                   count(distinct key) filter (where remained) as remaining,
                   count(*) filter (where remained is null) as left_out
            from differing_row where diff = $1 and plan = $2 group by grouping sets ((), (kind))""";

    private RechecksSql() {}
}
