package io.parallax.api.ledger;

import io.parallax.api.store.LiveDiffs;

/**
 * What statements of the ledger share.
 *
 * <p>A task is pending while {@code issued_at} is null, done once it has a row in {@code ledger_result}, in flight in
 * between. What a plan holds is a task that is in flight until the diff is over. Who changes a diff, or decides on it, holds its row ({@code for no key update}: exclusive among ourselves,
 * yet it lets new rows refer to the diff). Diffs are locked before sources, both in the order of their ids, or
 * skipped when locked.
 */
public final class LedgerSql {
    /** A live diff that has been let in, in words that an index has. */
    public static final String ACTIVE = LiveDiffs.LIVE + " and not deferred";

    /**
     * An offset has the store look for each task's own result, by the whole key. Free to join all results of a plan, it would, for each
     * task again, wherever its statistics are older than the plan: ten thousand tasks then took half a minute.
     */
    public static final String NOT_DONE =
            """
            not exists (select from ledger_result r
                        where r.diff = t.diff and r.plan = t.plan and r.stage = t.stage and r.task = t.task offset 0)""";

    /** Tells whether $1 was issued before what its plan holds, $2, was taken over by the worker that keeps it now. */
    public static final String OUTDATED = "%2$s.attempt > 1 and %1$s.issued_at < %2$s.issued_at";

    private LedgerSql() {}
}
