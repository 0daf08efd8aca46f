package io.parallax.api.ledger.results;

import io.parallax.api.events.EventType;
import io.parallax.api.events.Events;
import io.parallax.api.ledger.rows.FoundRows;
import io.parallax.api.requests.OffTheLoop;
import io.parallax.api.store.LiveDiffs;
import io.parallax.api.store.StoredJson;
import io.parallax.contract.Codec;
import io.parallax.contract.message.Plan;
import io.parallax.contract.message.Report;
import io.parallax.contract.tally.DifferingRow;
import io.parallax.outcome.Notes;
import io.parallax.outcome.PlanSummary;
import io.parallax.outcome.next.Course;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/**
 * Plans that leave nothing to be done: most diffs are small, and compared by the job that plans them. One statement takes in such a plan
 * and finishes its diff, as {@link Results} would do with one lock and a dozen statements, each of them a trip to the store.
 */
@ApplicationScoped
class SettledPlans {
    private static final long BYTES_OF_A_COLUMN = 1000;
    private static final long BYTES_OF_A_ROW = 1000;

    /**
     * $1 diff, $2 attempt, $3 worker, $4 tally, $5 to $9 effort, $10 notes, $11 common, $12 comparison, $13 algorithm, $14 whether all rows
     * that differ are kept, then by row: $15 kinds, $16 ranks, $17 keys, $18 values, $19 columns, $20 those shortened.
     *
     * <p>Whoever changes the diff's row has it locked, and sees it as it is by then: of two reports the second finds the diff
     * over, or fails by the first one's result. Everything else depends on that change, so that all of it happens or nothing.
     */
    private static final String FINISH =
            """
            with finished as (
                update diff d set status = 'done', tasks = 0, comparison = $12, algorithm = $13, keys_only = false, sample = null,
                                  tally = $4, reads = $9, notes = $10, rows_complete = $14,
                                  finished_at = statement_timestamp(), updated_at = statement_timestamp()
                where d.id = $1 and d.plan = %1$d and d.%2$s
                  and not d.writes and d.destination_id is null and d.recheck_after is null
                  and exists (select from ledger_task t where t.diff = d.id and t.plan = %1$d and t.stage = 0 and t.task = 0)
                  and not exists (select from ledger_result r
                                  where r.diff = d.id and r.plan = %1$d and r.stage = 0 and r.task = 0)
                returning d.*
            ), recorded as (
                insert into ledger_result
                    (diff, plan, stage, task, attempt, worker, tally, buckets, dirty_buckets, rows_fetched, milliseconds,
                     reads, notes)
                select id, %1$d, 0, 0, $2::int, $3::text, $4::text, $5::bigint, $6::bigint, $7::bigint, $8::bigint,
                       $9::text, $10::text
                from finished
            ), planned as (
                insert into ledger_plan (diff, plan, common) select id, %1$d, $11::text from finished
            ), kept as (
                insert into differing_row (diff, plan, kind, rank, key, row_values, columns, shortened)
                select f.id, %1$d, g.kind::differing_kind, g.rank, g.key, g.row_values, g.columns::text[], g.shortened::text[]
                from finished f, unnest($15::text[], $16::bigint[], $17::text[], $18::text[], $19::text[], $20::text[])
                     with ordinality as g(kind, rank, key, row_values, columns, shortened, position)
                order by g.position
            ), %3$s
            select exists (select from data_source s where s.id in (f.data_source1_id, f.data_source2_id)
                                                       and s.max_allowed_connections is not null) as limited
            from finished f"""
                    .formatted(Course.FIRST_PLAN, LiveDiffs.LIVE, Events.happened("finished", EventType.FINISHED));

    private final Pool store;
    private final FoundRows foundRows;

    SettledPlans(Pool store, FoundRows foundRows) {
        this.store = store;
        this.foundRows = foundRows;
    }

    /** What became of a plan. */
    enum Fate {
        /** Nothing: it is not all there is to do, or comes too late. */
        LEFT,
        FINISHED,
        /** And its sources allow only so many connections, which others may wait for. */
        FINISHED_FOR_OTHERS
    }

    /** Finishes the diff, where nothing else is left to be done for it. */
    Uni<Fate> finish(Report.PlanMade report) {
        Plan plan = report.plan();
        if (report.address().plan() != Course.FIRST_PLAN || !isAll(plan) || !foundRows.keepsAll(plan.rows())) {
            return Uni.createFrom().item(Fate.LEFT);
        }
        return OffTheLoop.run(size(plan), () -> columns(report))
                .flatMap(columns -> store.preparedQuery(FINISH).execute(columns))
                .map(SettledPlans::fate);
    }

    private static Fate fate(RowSet<Row> finished) {
        for (Row row : finished) {
            return row.getBoolean("limited") ? Fate.FINISHED_FOR_OTHERS : Fate.FINISHED;
        }
        return Fate.LEFT;
    }

    private static boolean isAll(Plan plan) {
        return plan.tasks().isEmpty()
                && !Boolean.TRUE.equals(plan.holds())
                && !Boolean.TRUE.equals(plan.keysOnly())
                && plan.sample() == null
                && plan.timeline() == null;
    }

    private static long size(Plan plan) {
        int rows = plan.rows() == null ? 0 : plan.rows().size();
        return BYTES_OF_A_COLUMN * plan.comparedColumns().size() + BYTES_OF_A_ROW * rows;
    }

    private static Tuple columns(Report.PlanMade report) {
        Plan plan = report.plan();
        List<DifferingRow> rows = plan.rows() == null ? List.of() : plan.rows();
        Tuple columns = Tuple.of(report.address().diff(), report.attempt(), report.worker(), Codec.text(plan.settled()))
                .addLong(report.effort().buckets())
                .addLong(report.effort().dirtyBuckets())
                .addLong(report.effort().rowsFetched())
                .addLong(report.effort().milliseconds())
                .addString(StoredJson.of(report.effort().reads()))
                .addString(Notes.NONE.or(Notes.of(plan.notes())).jsonOrNull())
                .addString(plan.common().toString())
                .addString(Codec.text(PlanSummary.of(plan)))
                .addString(plan.algorithm())
                .addBoolean(FoundRows.isComplete(rows, plan.settled()));
        FoundRows.addColumns(columns, rows);
        return columns;
    }
}
