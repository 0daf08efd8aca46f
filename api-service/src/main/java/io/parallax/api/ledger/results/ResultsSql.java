package io.parallax.api.ledger.results;

import io.parallax.api.store.LiveDiffs;

/** The statements that take in plans and results. Whoever uses them holds the diff's row, or takes it before it decides. */
final class ResultsSql {
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
                    .formatted(LiveDiffs.LIVE);

    /** $1 diff, $2 plan, $3 common. */
    static final String ADD_PLAN = "insert into ledger_plan (diff, plan, common) values ($1, $2, $3)";

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

    private ResultsSql() {}
}
