package io.parallax.api.ledger.backlog;

import io.parallax.api.ledger.LedgerSql;
import io.parallax.api.store.LiveDiffs;

/** The statements about diffs that wait in the store until there is room for them. */
final class BacklogSql {
    /** So many diffs at a time are few. */
    private static final int FEW = 4;

    /**
     * $1 most that are queued: for how many more there is room; for none while others are deferred, who came before, unless it is for the
     * share of their key; and whether any are.
     */
    static final String ROOM =
            """
            select d.deferred, case when d.unlimited then 0
                   else $1::bigint - (select count(*) from (select from diff where status = 'queued' limit $1) q) end as room
            from (select exists (select from diff where deferred) as deferred,
                         exists (select from diff where deferred and not user_id = any(array(
                             select id from api_key where max_active_diffs is not null))) as unlimited) d""";

    /**
     * $1 most that are queued, $2 on their way there, $3 to $5 the flow that was looked at last, $6 most flows to look at: lets in those of
     * the deferred that there is room for. A flow is what compares the same sources for the same API key. Next is that of which the
     * fewest diffs are active, then the oldest; a few more than there is room for are let in of flows that have hardly any. No more
     * of a key than it may have active. Says which were let in and, in each row, the last flow that was looked at.
     */
    static final String ADMIT =
            """
            with recursive flows as (
                (select data_source1_id as a, data_source2_id as b, user_id as u, 1 as n from diff
                 where deferred and (data_source1_id, data_source2_id, user_id) > ($3::bigint, $4::bigint, $5::bigint)
                 order by data_source1_id, data_source2_id, user_id limit 1)
                union all
                select l.a, l.b, l.u, f.n + 1 from flows f cross join lateral (
                    select data_source1_id as a, data_source2_id as b, user_id as u from diff
                    where deferred and (data_source1_id, data_source2_id, user_id) > (f.a, f.b, f.u)
                    order by data_source1_id, data_source2_id, user_id limit 1) l
                where f.n < $6::int
            ), active as materialized (
                select a, b, u, count(*) as n
                from (select data_source1_id as a, data_source2_id as b, user_id as u
                      from diff d where d.%1$s and not rechecking offset 0) d
                group by 1, 2, 3
            ), room as materialized (
                select $1::bigint - $2::bigint - (select count(*) from diff where status = 'queued') as n
            ), shares as materialized (
                select k.id as u, k.max_active_diffs - (
                    select count(*) from (select d.user_id from diff d where d.%1$s offset 0) d where d.user_id = k.id) as n
                from api_key k where k.max_active_diffs is not null and k.id in (select u from flows)
            ), candidates as (
                select c.id, f.u, coalesce(t.n, 0) + c.turn as turn
                from flows f left join active t on (t.a, t.b, t.u) = (f.a, f.b, f.u)
                cross join lateral (
                    select id, row_number() over (order by id) as turn from (
                        select id from diff
                        where deferred and data_source1_id = f.a and data_source2_id = f.b and user_id = f.u order by id
                        limit %3$d + greatest(0, (select n from room)) / (select count(*) from flows)) first
                ) c
            ), shared as (
                select c.*, row_number() over (partition by c.u order by c.turn, c.id) as of_key from candidates c
            ), places as (
                select c.id, c.turn, row_number() over (order by c.turn, c.id) as place
                from shared c left join shares s on s.u = c.u
                where c.turn <= 2 * $1::bigint and (s.n is null or c.of_key <= s.n)
            ), next as (
                select d.id from diff d where d.id = any(array(
                    select p.id from places p cross join room r
                    where p.place <= r.n + case when p.turn <= %3$d then $1::bigint / %3$d else 0 end))
                for no key update of d skip locked
            ), admitted as (
                update diff d set deferred = false from next where d.id = next.id and coalesce(d.deferred, false)
                returning d.id, d.plan, d.%2$s as live
            ), planning as (
                insert into ledger_task (diff, plan, stage, task)
                select id, plan, 0, 0 from admitted where live returning diff
            )
            select p.diff as id, l.a, l.b, l.u, l.n as flows
            from (select 1) one left join (select * from flows order by n desc limit 1) l on true left join planning p on true"""
                    .formatted(LedgerSql.ACTIVE.replace("not deferred", "not d.deferred"), LiveDiffs.LIVE, FEW);

    private BacklogSql() {}
}
