package io.parallax.api.ledger.issue;

import io.parallax.api.ledger.LedgerSql;
import io.parallax.api.store.LiveDiffs;
import io.parallax.outcome.next.Course;

/** The statements that pick tasks for which there is room, and say what became of their messages. */
final class IssueSql {
    private static final String SAME_TASK =
            "t.diff = g.diff and t.plan = g.plan and t.stage = g.stage and t.task = g.task";

    private static final String GIVEN =
            "unnest($1::bigint[], $2::int[], $3::int[], $4::int[]) as g(diff, plan, stage, task)";

    /** $1 diff: others that share a limited source with it. */
    static final String LOCK_NEIGHBOURS =
            """
            select n.id from diff n
            where n.%s and n.id <> $1
              and exists (select from diff d, data_source s
                          where d.id = $1 and s.max_allowed_connections is not null
                            and s.id in (d.data_source1_id, d.data_source2_id, d.destination_id)
                            and s.id in (n.data_source1_id, n.data_source2_id, n.destination_id))
            order by n.id limit 200 for no key update of n skip locked"""
                    .formatted(LedgerSql.ACTIVE);

    /**
     * $1 diffs, locked; $2 window, null for one that follows the workers, which those share that compare the same sources; $3 how many:
     * pending tasks, each diff's first ones first. Those of a service of an older version
     * that defers them until infinity are due. In flight are as many as are issued and not done; one that is done though nobody has
     * issued it again leaves room for one more. Says whether any of its sources is limited.
     */
    static final String CANDIDATES =
            """
            select p.diff, p.plan, p.stage, p.task, f.limited, m.data_source1_id as a, m.data_source2_id as b, m.destination_id as c,
                   p.stage = 0 and m.writes and (m.spec::jsonb #>> '{workspace,schema_a}') is not null as copies_a,
                   p.stage = 0 and m.writes and (m.spec::jsonb #>> '{workspace,schema_b}') is not null as copies_b
            from diff m
            cross join lateral (
                select greatest(0,
                    (select count(*) from ledger_task t
                     where t.diff = m.id and t.plan = m.plan and t.issued_at is not null and not t.holds)
                    - (select count(*) from ledger_result r where r.diff = m.id and r.plan = m.plan)) as n,
                    exists (select from data_source s
                            where s.id in (m.data_source1_id, m.data_source2_id, m.destination_id)
                              and s.max_allowed_connections is not null) as limited,
                    greatest(1, (select task_window($2::int)) / greatest(1, (
                        select count(*)::int from diff o
                        where o.%2$s and o.status = 'processing' and not o.rechecking
                          and o.data_source1_id = m.data_source1_id and o.data_source2_id = m.data_source2_id))) as share
                offset 0
            ) f
            cross join lateral (
                select n.*, row_number() over (order by n.stage, n.task) as turn
                from (select t.diff, t.plan, t.stage, t.task from ledger_task t
                      where t.diff = m.id and t.plan = m.plan and t.issued_at is null
                        and (t.not_before is null or t.not_before <= now() or t.not_before = 'infinity') and %1$s
                      order by t.stage, t.task limit greatest(0, f.share - f.n)) n
            ) p
            where m.id = any($1) and m.%2$s
            order by p.turn + f.n, p.diff, p.stage, p.task
            limit $3"""
                    .formatted(LedgerSql.NOT_DONE, LiveDiffs.LIVE);

    /** $1 sources: those with a limit. */
    static final String LOCK_LIMITED_SOURCES =
            """
            select id, max_allowed_connections as allowed from data_source
            where id = any($1) and max_allowed_connections is not null
            order by id for no key update""";

    /** $1 sources: connections that are in use, and how many of them are only kept for plans. */
    static final String CONNECTIONS_IN_USE =
            """
            select s.id, u.used, u.held from data_source s cross join lateral connections_of(s.id) u
            where s.id = any($1)""";

    private static final String ISSUE_THEM =
            """
            update ledger_task t
            set issued_at = now(), waiting_since = coalesce(t.waiting_since, now()),
                sent_at = null, lease_until = null, worker = null
            from %s, diff d left join data_source c on c.id = d.destination_id, data_source a, data_source b
            where %s and d.id = t.diff and a.id = d.data_source1_id and b.id = d.data_source2_id
            returning t.diff, t.plan, t.stage, t.task, t.attempt, t.body, t.issued_at, d.spec, d.keys_tally, d.trace,
                      (select p.common from ledger_plan p where p.diff = t.diff and p.plan = t.plan) as common,
                      a.id as a, a.sealed as a_sealed, a.max_allowed_connections as a_allowed,
                      b.id as b, b.sealed as b_sealed, b.max_allowed_connections as b_allowed,
                      c.id as c, c.sealed as c_sealed, c.max_allowed_connections as c_allowed""";

    /** $1 to $4 tasks, of diffs that are locked. */
    static final String ISSUE = ISSUE_THEM.formatted(GIVEN, SAME_TASK);

    /** $1 diffs that are new: locks those that are live, and issues their first planning jobs where nobody has. */
    static final String ISSUE_NEW =
            """
            with mine as (select id from diff where id = any($1) and %s order by id for no key update)
            """
                            .formatted(LiveDiffs.LIVE)
                    + ISSUE_THEM.formatted(
                            "mine g",
                            "t.diff = g.id and t.plan = %d and t.stage = 0 and t.task = 0 and t.issued_at is null"
                                    .formatted(Course.FIRST_PLAN));

    /** $1 to $4 tasks, $5 when each was issued: Kafka has them. */
    static final String CONFIRM =
            """
            update ledger_task t set sent_at = now()
            from unnest($1::bigint[], $2::int[], $3::int[], $4::int[], $5::timestamptz[])
                 as g(diff, plan, stage, task, issued_at)
            where %s and t.issued_at = g.issued_at"""
                    .formatted(SAME_TASK);

    /** As {@link #CONFIRM}; $6 diffs whose planning job is among them. */
    static final String CONFIRM_PLANNING =
            """
            with confirmed as (%s)
            update diff set status = 'queued', updated_at = now() where id = any($6) and status = 'waiting'"""
                    .formatted(CONFIRM);

    /** $1 to $4 tasks, $5 when each was issued: Kafka has them not, and no worker said otherwise. */
    static final String TAKE_BACK =
            """
            update ledger_task t set issued_at = null, waiting_since = null
            from unnest($1::bigint[], $2::int[], $3::int[], $4::int[], $5::timestamptz[])
                 as g(diff, plan, stage, task, issued_at)
            where %s and t.issued_at = g.issued_at and t.lease_until is null"""
                    .formatted(SAME_TASK);

    private IssueSql() {}
}
