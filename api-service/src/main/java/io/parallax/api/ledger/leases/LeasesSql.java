package io.parallax.api.ledger.leases;

import io.parallax.api.ledger.LedgerSql;
import io.parallax.api.store.LiveDiffs;

/** The statements about what workers say they are at. */
final class LeasesSql {
    /**
     * $1 diff, $2 plans, $3 stages, $4 tasks, $5 attempts, $6 worker, $7 lease in milliseconds; says of each whose lease is renewed whether
     * the diff has begun by that. Whoever begins it has its row before the tasks', as everybody; nobody else waits for that row.
     */
    static final String RENEW =
            """
            with given as (
                select * from unnest($2::int[], $3::int[], $4::int[], $5::int[]) as g(plan, stage, task, attempt)
            ), begun as (
                update diff d set status = 'processing', updated_at = now()
                where d.id = $1 and d.status in ('waiting', 'queued') and exists (
                    select from given g
                    join ledger_task t on t.diff = $1 and t.plan = g.plan and t.stage = g.stage and t.task = g.task
                    where g.plan = d.plan and g.stage = 0 and t.attempt = g.attempt and not t.holds and %1$s)
                returning d.id
            ), renewed as (
                update ledger_task t
                set lease_until = now() + $7::bigint * interval '1 millisecond', worker = $6, waiting_since = null,
                    issued_at = coalesce(t.issued_at, now())
                from given g, diff d
                where (select count(*) from begun) >= 0 and d.id = $1 and d.plan = g.plan and d.%2$s
                  and t.diff = $1 and t.plan = g.plan and t.stage = g.stage and t.task = g.task
                  and t.attempt = g.attempt and (not t.holds or t.worker = $6) and %1$s
                returning t.plan, t.stage, t.task
            )
            select plan, stage, task, exists (select from begun) as begun from renewed"""
                    .formatted(LedgerSql.NOT_DONE, LiveDiffs.LIVE);

    /**
     * $1 diff: its plan, and the attempt at keeping what that plan holds, 0 where it holds nothing; whether a task in flight may still
     * depend on an earlier one.
     */
    static final String STATE =
            """
            select d.plan, d.%s as live, coalesce(h.attempt, 0) as held,
                   coalesce(h.attempt > 1 and exists (
                       select from ledger_task t
                       where t.diff = d.id and t.plan = d.plan and not t.holds and %s and %s), false) as shared
            from diff d left join ledger_task h on h.diff = d.id and h.plan = d.plan and h.holds
            where d.id = $1"""
                    .formatted(LiveDiffs.LIVE, LedgerSql.OUTDATED.formatted("t", "h"), LedgerSql.NOT_DONE);

    private LeasesSql() {}
}
