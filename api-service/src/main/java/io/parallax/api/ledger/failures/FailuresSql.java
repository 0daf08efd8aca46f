package io.parallax.api.ledger.failures;

import io.parallax.api.ledger.LedgerSql;

/** The statements about tasks that have failed. Whoever uses them holds the diff's row. */
final class FailuresSql {
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
                    .formatted(LedgerSql.NOT_DONE, LedgerSql.OUTDATED.formatted("t", "h"));

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

    /** $1 diff: how many of its plans were let go for the sake of somebody else. */
    static final String GAVE_WAY = "select gave_way from diff where id = $1";

    /** $1 diff, $2 how many plans may be let go: one more, where it may. */
    static final String GIVE_WAY = "update diff set gave_way = gave_way + 1 where id = $1 and gave_way < $2";

    private FailuresSql() {}
}
