package io.parallax.api.ledger.leases;

import io.parallax.api.ledger.LedgerSql;
import io.parallax.api.store.LiveDiffs;

/** The statements that find what was left undone. */
final class SweepSql {
    /** $1 the last diff seen, $2 how many. */
    static final String LOCK_NEXT_ACTIVE =
            """
            select d.id from diff d
            where d.%s and d.id > $1
            order by d.id limit $2 for no key update of d skip locked"""
                    .formatted(LedgerSql.ACTIVE);

    /** $1 milliseconds after which nobody minds any more that work was handed back. */
    static final String FORGET_HANDED_BACK =
            """
            update diff set handed_back = null, handed_back_at = null
            where handed_back_at < now() - $1::bigint * interval '1 millisecond'""";

    /** $1 confirmation in milliseconds: issued, yet neither Kafka nor a worker confirmed it. */
    static final String RELEASE_UNCONFIRMED =
            """
            update ledger_task t set issued_at = null, waiting_since = null
            from diff d
            where d.id = t.diff and d.plan = t.plan and d.%s
              and t.issued_at < now() - $1::bigint * interval '1 millisecond'
              and t.sent_at is null and t.lease_until is null and %s"""
                    .formatted(LedgerSql.ACTIVE, LedgerSql.NOT_DONE);

    /** $1 patience in milliseconds: sent, yet no worker took it up. */
    static final String RELEASE_UNCLAIMED =
            """
            update ledger_task t set issued_at = null
            from diff d
            where d.id = t.diff and d.plan = t.plan and d.%s
              and t.sent_at < now() - $1::bigint * interval '1 millisecond'
              and t.issued_at is not null and t.lease_until is null and %s"""
                    .formatted(LedgerSql.ACTIVE, LedgerSql.NOT_DONE);

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
                    .formatted(LedgerSql.NOT_DONE);

    /** $1 longest wait in milliseconds, $2 how many: diffs with a task that no worker took up at all. */
    static final String LOCK_FORSAKEN =
            """
            select d.id, d.plan, d.handed_back from diff d
            where d.%s and %s
            order by d.id limit $2 for no key update of d skip locked"""
                    .formatted(LedgerSql.ACTIVE, FORSAKEN);

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
                    .formatted(LiveDiffs.LIVE, LedgerSql.ACTIVE, FORSAKEN, LedgerSql.ACTIVE);

    /** $1 how many: diffs with a lease that ran out. */
    static final String LOCK_EXPIRED =
            """
            select d.id, d.plan from diff d
            where d.%s and exists (
                select from ledger_task t where t.diff = d.id and t.plan = d.plan and t.lease_until < now() and %s)
            order by d.id limit $1 for no key update of d skip locked"""
                    .formatted(LedgerSql.ACTIVE, LedgerSql.NOT_DONE);

    /** $1 diff, $2 plan, $3 attempts: whether a lost task ran out of them, and whether what the plan holds is lost. */
    static final String EXPIRED =
            """
            select coalesce(bool_or(not t.holds and t.attempt >= $3), false) as exhausted,
                   coalesce(bool_or(t.holds), false) as unheld
            from ledger_task t where t.diff = $1 and t.plan = $2 and t.lease_until < now() and %s"""
                    .formatted(LedgerSql.NOT_DONE);

    /** $1 diff, $2 plan. */
    static final String REISSUE_EXPIRED =
            """
            update ledger_task t
            set attempt = attempt + 1, issued_at = null, sent_at = null, waiting_since = null,
                lease_until = null, worker = null
            where t.diff = $1 and t.plan = $2 and t.lease_until < now() and not t.holds and %s"""
                    .formatted(LedgerSql.NOT_DONE);

    private SweepSql() {}
}
