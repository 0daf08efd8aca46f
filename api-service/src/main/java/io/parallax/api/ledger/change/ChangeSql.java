package io.parallax.api.ledger.change;

/** The statements that end a diff without a result, or its plan. Whoever uses them holds the diff's row. */
final class ChangeSql {
    /** $1 diff, whose plan is given up, or done, for the next one, $2 what it has counted of keys, $3 how it read them, $4 what it noted. */
    static final String REPLAN =
            """
            with next as (
                update diff set plan = plan + 1, tasks = null, comparison = null, algorithm = null, rechecking = false,
                                publishing = false, keys_only = false, sample = null, keys_tally = $2, keys_reads = $3, notes = $4, updated_at = now()
                where id = $1 returning id, plan
            )
            insert into ledger_task (diff, plan, stage, task) select id, plan, 0, 0 from next""";

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

    private ChangeSql() {}
}
