package io.parallax.api.ledger;

import io.parallax.contract.message.TaskAddress;

/**
 * The statements of the ledger.
 *
 * <p>A task is pending while {@code issued_at} is null, done once it has a row in {@code ledger_result}, in flight in
 * between. What a plan holds is a task that is in flight until the diff is over. Who changes a diff, or decides on it, holds its row ({@code for no key update}: exclusive among ourselves,
 * yet it lets new rows refer to the diff). Diffs are locked before sources, both in the order of their ids, or
 * skipped when locked.
 */
final class LedgerSql {
    static final String LIVE = "status in ('waiting', 'queued', 'processing')";

    /**
     * An offset has the store look for each task's own result, by the whole key. Free to join all results of a plan, it would, for each
     * task again, wherever its statistics are older than the plan: ten thousand tasks then took half a minute.
     */
    static final String NOT_DONE =
            """
            not exists (select from ledger_result r
                        where r.diff = t.diff and r.plan = t.plan and r.stage = t.stage and r.task = t.task offset 0)""";

    /** What a plan holds is never done. */
    private static final TaskAddress HOLDING = TaskAddress.holding(0, 0);

    /** A live diff that has been let in, in words that an index has. */
    static final String ACTIVE = LIVE + " and not deferred";

    /** So many diffs at a time are few. */
    private static final int FEW = 4;

    private static final String SAME_TASK =
            "t.diff = g.diff and t.plan = g.plan and t.stage = g.stage and t.task = g.task";

    private static final String GIVEN =
            "unnest($1::bigint[], $2::int[], $3::int[], $4::int[]) as g(diff, plan, stage, task)";

    /** $1 diff. */
    static final String LOCK_DIFF =
            """
            select d.id, d.plan, d.%s as live, d.recheck_after, d.rechecking, d.keys_only, d.sample is not null as sampled, d.keys_reads, d.notes, d.stops,
                   d.tasks, d.writes, d.destination_id is not null as publishes, d.publishing,
                   exists (select from data_source s
                           where s.id in (d.data_source1_id, d.data_source2_id, d.destination_id)
                             and s.max_allowed_connections is not null) as limited
            from diff d where d.id = $1 for no key update of d"""
                    .formatted(LIVE);

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
                    .formatted(ACTIVE.replace("not deferred", "not d.deferred"), LIVE, FEW);

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
                    .formatted(ACTIVE);

    /** $1 the last diff seen, $2 how many. */
    static final String LOCK_NEXT_ACTIVE =
            """
            select d.id from diff d
            where d.%s and d.id > $1
            order by d.id limit $2 for no key update of d skip locked"""
                    .formatted(ACTIVE);

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
                    .formatted(NOT_DONE, LIVE);

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
                            .formatted(LIVE)
                    + ISSUE_THEM.formatted(
                            "mine g",
                            "t.diff = g.id and t.plan = %d and t.stage = 0 and t.task = 0 and t.issued_at is null"
                                    .formatted(Ledger.FIRST_PLAN));

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

    /** $1 diff, $2 plan, $3 stage, $4 task, $5 attempt, $6 worker, $7 tally, $8 to $12 effort, $13 residue, $14 timeline, $15 batch, $16 notes. */
    static final String RECORD_RESULT =
            """
            insert into ledger_result
                (diff, plan, stage, task, attempt, worker, tally, buckets, dirty_buckets, rows_fetched, milliseconds,
                 reads, residue, timeline, batch, notes)
            select t.diff, t.plan, t.stage, t.task, $5::int, $6::text, $7::text,
                   $8::bigint, $9::bigint, $10::bigint, $11::bigint, $12::text, $13::text, $14::text, $15::text, $16::text
            from ledger_task t join diff d on d.id = t.diff and d.plan = t.plan and d.%s
            where t.diff = $1 and t.plan = $2 and t.stage = $3 and t.task = $4 and not t.holds
            on conflict do nothing"""
                    .formatted(LIVE);

    /**
     * $1 diff, $2 plan: how many tasks are left and, when none is, the stage whose residue nobody has looked into. Each task has one
     * result at most, so that the difference tells it; to look for each one's would cost far more.
     */
    static final String UNDONE =
            """
            select t.n - r.n as n,
                   case when t.n = r.n then (
                       select s.stage from ledger_result s
                       where s.diff = $1 and s.plan = $2 and s.residue is not null and s.stage = t.last
                       limit 1) end as unsettled_stage
            from (select count(*) as n, max(stage) as last from ledger_task where diff = $1 and plan = $2 and not holds) t,
                 (select count(*) as n from ledger_result
                  where diff = $1 and plan = $2 and (stage, task) <> (%d, %d)) r"""
                    .formatted(HOLDING.stage(), HOLDING.task());

    /** $1 diff, $2 plan, $3 stage. */
    static final String RESIDUES =
            """
            select residue from ledger_result
            where diff = $1 and plan = $2 and stage = $3 and residue is not null""";

    /** $1 diff, $2 plan. */
    static final String TALLIES =
            "select tally, reads, notes from ledger_result where diff = $1 and plan = $2 order by stage, task";

    /** $1 diff, $2 plan. */
    static final String TIMELINES =
            "select timeline from ledger_result where diff = $1 and plan = $2 and timeline is not null";

    /** $1 diff, $2 plan; without what is not needed to know whether it is enough. */
    static final String TALLIES_SO_FAR =
            "select tally, null as reads, null as notes from ledger_result where diff = $1 and plan = $2";

    /** $1 diff, $2 plan: tasks, those that are done, rows that these have fetched. */
    static final String PROGRESS =
            """
            select t.tasks, r.done, r.fetched
            from (select count(*) as tasks from ledger_task where diff = $1 and plan = $2 and stage > 0) t,
                 (select count(*) as done, coalesce(sum(rows_fetched), 0)::int8 as fetched from ledger_result
                  where diff = $1 and plan = $2 and stage > 0) r""";

    /** $1 diff, $2 plan, $3 common. */
    static final String ADD_PLAN = "insert into ledger_plan (diff, plan, common) values ($1, $2, $3)";

    /** $1 diff, $2 plan, $3 stage, $4 bodies. */
    static final String ADD_TASKS =
            """
            insert into ledger_task (diff, plan, stage, task, body)
            select $1, $2, $3, g.task - 1, g.body from unnest($4::text[]) with ordinality as g(body, task)""";

    /** $1 diff, $2 how many tasks a later stage adds. */
    static final String MORE_TASKS = "update diff set tasks = tasks + $2, updated_at = now() where id = $1";

    /** $1 diff, $2 tasks, $3 comparison, $4 algorithm, $5 whether it counts keys only, $6 sample, $7 notes. */
    static final String PLANNED =
            """
            update diff set status = 'processing', tasks = $2, comparison = $3, algorithm = $4, keys_only = $5,
                            sample = $6, notes = $7, updated_at = now()
            where id = $1""";

    /** $1 diff, $2 plan, $3 stage, $4 task, $5 worker, $6 lease in milliseconds: what that worker keeps. */
    static final String ADD_HOLD =
            """
            insert into ledger_task
                (diff, plan, stage, task, holds, issued_at, sent_at, waiting_since, worker, lease_until)
            values ($1, $2, $3, $4, true, now(), now(), now(), $5, now() + $6::bigint * interval '1 millisecond')""";

    /** $1 diff: the key that its plan has found is the one to go on with. */
    static final String KEEP_KEY =
            """
            update diff
            set spec = (spec::jsonb - 'key_search' || jsonb_build_object('key', comparison::jsonb -> 'key'))::text
            where id = $1 and spec::jsonb ? 'key_search'""";

    /** $1 diff: how many of its plans were let go for the sake of somebody else. */
    static final String GAVE_WAY = "select gave_way from diff where id = $1";

    /** $1 diff, $2 how many plans may be let go: one more, where it may. */
    static final String GIVE_WAY = "update diff set gave_way = gave_way + 1 where id = $1 and gave_way < $2";

    /** $1 diff, whose plan is given up, or done, for the next one, $2 what it has counted of keys, $3 how it read them, $4 what it noted. */
    static final String REPLAN =
            """
            with next as (
                update diff set plan = plan + 1, tasks = null, comparison = null, algorithm = null, rechecking = false,
                                publishing = false, keys_only = false, sample = null, keys_tally = $2, keys_reads = $3, notes = $4, updated_at = now()
                where id = $1 returning id, plan
            )
            insert into ledger_task (diff, plan, stage, task) select id, plan, 0, 0 from next""";

    /**
     * $1 diff, $2 tally, $3 reads, $4 whether all rows that differ are kept, $5 recheck, $6 timeline, $7 partial, $8 notes; says whether a worker
     * keeps something for it.
     */
    static final String FINISH =
            """
            update diff d set status = 'done', tally = $2, reads = $3, rows_complete = $4, recheck = $5, timeline = $6, partial = $7, notes = $8,
                              finished_at = statement_timestamp(), updated_at = statement_timestamp()
            where d.id = $1
            returning exists (select from ledger_task t where t.diff = d.id and t.plan = d.plan and t.holds) as held""";

    /** $1 diff, $2 error type, $3 message. */
    static final String FAIL =
            """
            update diff set status = 'failed', error_type = $2, error_message = $3, deferred = false,
                            finished_at = statement_timestamp(), updated_at = statement_timestamp()
            where id = $1""";

    /** $1 diff. */
    static final String CANCEL =
            """
            update diff set status = 'cancelled', deferred = false,
                            finished_at = statement_timestamp(), updated_at = statement_timestamp()
            where id = $1""";

    /** Tells whether $1 was issued before what its plan holds, $2, was taken over by the worker that keeps it now. */
    private static final String OUTDATED = "%2$s.attempt > 1 and %1$s.issued_at < %2$s.issued_at";

    /**
     * $1 diff, $2 plan, $3 stage, $4 task; whether its plan holds something, whether that was handed over, since the task was issued or at
     * all, and whether it was issued just now, too.
     */
    static final String ATTEMPT =
            """
            select t.attempt, t.holds, t.worker, not %s as done,
                   coalesce(t.issued_at > now() - interval '5 seconds', false) as quick,
                   h.diff is not null as held, coalesce(h.attempt > 1, false) as handed_over,
                   coalesce(not t.holds and %s, false) as outdated
            from ledger_task t left join ledger_task h on h.diff = t.diff and h.plan = t.plan and h.holds
            where t.diff = $1 and t.plan = $2 and t.stage = $3 and t.task = $4"""
                    .formatted(NOT_DONE, OUTDATED.formatted("t", "h"));

    /** $1 diff, $2 plan, $3 stage, $4 task, $5 pause in milliseconds. */
    static final String NEXT_ATTEMPT =
            """
            update ledger_task
            set attempt = attempt + 1, not_before = now() + $5::bigint * interval '1 millisecond',
                issued_at = null, sent_at = null, waiting_since = null, lease_until = null, worker = null
            where diff = $1 and plan = $2 and stage = $3 and task = $4""";

    /**
     * $1 diff, $2 plan, $3 stage, $4 task, $5 pause in milliseconds, $6 why: it is no attempt, and since when it has waited for a worker
     * stays as it was.
     */
    static final String HAND_BACK =
            """
            with task as (
                update ledger_task
                set not_before = now() + $5::bigint * interval '1 millisecond',
                    issued_at = null, sent_at = null, lease_until = null, worker = null
                where diff = $1 and plan = $2 and stage = $3 and task = $4)
            update diff set handed_back = $6, handed_back_at = now() where id = $1""";

    /** $1 milliseconds after which nobody minds any more that work was handed back. */
    static final String FORGET_HANDED_BACK =
            """
            update diff set handed_back = null, handed_back_at = null
            where handed_back_at < now() - $1::bigint * interval '1 millisecond'""";

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
                    .formatted(NOT_DONE, LIVE);

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
                    .formatted(LIVE, OUTDATED.formatted("t", "h"), NOT_DONE);

    /** $1 confirmation in milliseconds: issued, yet neither Kafka nor a worker confirmed it. */
    static final String RELEASE_UNCONFIRMED =
            """
            update ledger_task t set issued_at = null, waiting_since = null
            from diff d
            where d.id = t.diff and d.plan = t.plan and d.%s
              and t.issued_at < now() - $1::bigint * interval '1 millisecond'
              and t.sent_at is null and t.lease_until is null and %s"""
                    .formatted(ACTIVE, NOT_DONE);

    /** $1 patience in milliseconds: sent, yet no worker took it up. */
    static final String RELEASE_UNCLAIMED =
            """
            update ledger_task t set issued_at = null
            from diff d
            where d.id = t.diff and d.plan = t.plan and d.%s
              and t.sent_at < now() - $1::bigint * interval '1 millisecond'
              and t.issued_at is not null and t.lease_until is null and %s"""
                    .formatted(ACTIVE, NOT_DONE);

    /** $1 longest wait in milliseconds: a task that no worker took up at all, of a plan of which none was done or is in hand either. */
    private static final String FORSAKEN =
            """
            case when exists (
                select from ledger_task t where t.diff = d.id and t.plan = d.plan and t.lease_until is null
                  and t.waiting_since < now() - $1::bigint * interval '1 millisecond' and %s)
            then not exists (
                select from ledger_task t where t.diff = d.id and t.plan = d.plan and t.lease_until > now() and not t.holds)
             and not exists (
                select from ledger_result r where r.diff = d.id and r.plan = d.plan and r.stage > 0
                  and r.received_at > now() - $1::bigint * interval '1 millisecond')
            else false end"""
                    .formatted(NOT_DONE);

    /** $1 longest wait in milliseconds, $2 how many: diffs with a task that no worker took up at all. */
    static final String LOCK_FORSAKEN =
            """
            select d.id, d.plan, d.handed_back from diff d
            where d.%s and %s
            order by d.id limit $2 for no key update of d skip locked"""
                    .formatted(ACTIVE, FORSAKEN);

    /**
     * $1 longest wait in milliseconds, $2 how many: diffs that are deferred for longer, where nobody came for one in front of
     * them, and no worker has anything in hand or has ended a diff for as long.
     */
    static final String LOCK_LONG_DEFERRED =
            """
            select w.id, w.plan from diff w
            where w.deferred and w.%s and w.created_at < now() - $1::bigint * interval '1 millisecond'
              and exists (select from diff d where d.%s and %s)
              and not exists (select from diff d join ledger_task t on t.diff = d.id and t.lease_until > now() where d.%s)
              and not exists (select from diff d where d.finished_at > now() - $1::bigint * interval '1 millisecond'
                                                   and d.status = 'done')
            order by w.id limit $2 for no key update of w skip locked"""
                    .formatted(LIVE, ACTIVE, FORSAKEN, ACTIVE);

    /** $1 how many: diffs with a lease that ran out. */
    static final String LOCK_EXPIRED =
            """
            select d.id, d.plan from diff d
            where d.%s and exists (
                select from ledger_task t where t.diff = d.id and t.plan = d.plan and t.lease_until < now() and %s)
            order by d.id limit $1 for no key update of d skip locked"""
                    .formatted(ACTIVE, NOT_DONE);

    /** $1 diff, $2 plan, $3 attempts: whether a lost task ran out of them, and whether what the plan holds is lost. */
    static final String EXPIRED =
            """
            select coalesce(bool_or(not t.holds and t.attempt >= $3), false) as exhausted,
                   coalesce(bool_or(t.holds), false) as unheld
            from ledger_task t where t.diff = $1 and t.plan = $2 and t.lease_until < now() and %s"""
                    .formatted(NOT_DONE);

    /** $1 diff, $2 plan. */
    static final String REISSUE_EXPIRED =
            """
            update ledger_task t
            set attempt = attempt + 1, issued_at = null, sent_at = null, waiting_since = null,
                lease_until = null, worker = null
            where t.diff = $1 and t.plan = $2 and t.lease_until < now() and not t.holds and %s"""
                    .formatted(NOT_DONE);

    private LedgerSql() {}
}
