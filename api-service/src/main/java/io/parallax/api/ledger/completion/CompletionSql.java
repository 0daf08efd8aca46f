package io.parallax.api.ledger.completion;

import io.parallax.contract.message.TaskAddress;

/** The statements about what is left of a plan, and what its results add up to. Whoever uses them holds the diff's row. */
final class CompletionSql {
    /** What a plan holds is never done. */
    private static final TaskAddress HOLDING = TaskAddress.holding(0, 0);

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

    /** $1 diff, $2 plan, $3 stage, $4 bodies. */
    static final String ADD_TASKS =
            """
            insert into ledger_task (diff, plan, stage, task, body)
            select $1, $2, $3, g.task - 1, g.body from unnest($4::text[]) with ordinality as g(body, task)""";

    /** $1 diff, $2 how many tasks a later stage adds. */
    static final String MORE_TASKS = "update diff set tasks = tasks + $2, updated_at = now() where id = $1";

    /** $1 diff: the key that its plan has found is the one to go on with. */
    static final String KEEP_KEY =
            """
            update diff
            set spec = (spec::jsonb - 'key_search' || jsonb_build_object('key', comparison::jsonb -> 'key'))::text
            where id = $1 and spec::jsonb ? 'key_search'""";

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

    private CompletionSql() {}
}
