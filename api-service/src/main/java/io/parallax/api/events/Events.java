package io.parallax.api.events;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;

/** Notes events, each once, in the transaction that makes them true. */
public final class Events {
    private static final String TIME = "to_char(%s at time zone 'utc', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"+00:00\"')";

    private static final String NOTED =
            """
            noted as (
                insert into event (diff, type, step, data)
                select d.id, %2$s, %3$s, cast(json_strip_nulls(json_build_object(
                    'id', d.id, 'status', d.status, 'user_id', d.user_id,
                    'data_source1_id', d.data_source1_id, 'data_source2_id', d.data_source2_id,
                    'tags', d.tags,
                    'table1', cast(d.request as json) -> 'table1', 'table2', cast(d.request as json) -> 'table2',
                    'created_at', %4$s, 'finished_at', %5$s,
                    'result', diff_result(d.status, d.comparison, d.tally, d.sample, d.partial),
                    'progress', case when %2$s = 'progress' then json_build_object('tenths', %3$s) end,
                    'error', case when d.error_type is not null
                        then json_build_object('error_type', d.error_type, 'error_value', d.error_message) end,
                    'partial', cast(d.partial as json),
                    'sampled', case when d.sample is not null then true end,
                    'totals', case when d.tally is not null then json_build_object(
                        'total_rows', t.counts -> 'total_rows', 'nulls', t.counts -> 'nulls',
                        'dupes', t.counts -> 'dupes', 'distincts', t.counts -> 'distincts',
                        'exclusives', t.counts -> 'exclusives', 'compared_rows', t.counts -> 'compared_rows',
                        'rows_with_differences', t.counts -> 'rows_with_differences',
                        'values_with_differences', t.values_with_differences,
                        'columns_with_differences', t.columns_with_differences) end)) as text)
                from %1$s d
                cross join lateral (
                    select cast(d.tally as json) as counts,
                           coalesce(sum(cast(c.n as bigint)), 0) as values_with_differences,
                           count(*) filter (where cast(c.n as bigint) > 0) as columns_with_differences
                    from json_array_elements_text(cast(d.tally as json) -> 'differences_per_column') c(n)) t
                on conflict do nothing
                returning id, diff, type
            ), %6$s""";

    /** The same of diffs that are new, of which nothing can have been noted before. */
    private static final String NOTED_NEW =
            """
            noted as (
                insert into event (diff, type, step, data)
                select d.id, %2$s, 0, concat(
                    '{"id":', d.id, ',"status":"', d.status, '","user_id":', d.user_id,
                    ',"data_source1_id":', d.data_source1_id, ',"data_source2_id":', d.data_source2_id,
                    ',"tags":' || cast(d.tags as text),
                    ',"table1":' || cast(cast(d.request as json) -> 'table1' as text),
                    ',"table2":' || cast(cast(d.request as json) -> 'table2' as text), ',"created_at":"', %3$s, '"}')
                from %1$s d
                returning id, diff, type
            ), %4$s""";

    private static final String DUE =
            """
            due as (
                insert into delivery (event, webhook)
                select n.id, w.id from noted n join %1$s d on d.id = n.diff
                join webhook w on w.deleted_at is null and (w.events is null or n.type = any(w.events))
                    and case w.only_if
                        when 'different' then n.type = 'finished'
                            and coalesce(diff_result(d.status, d.comparison, d.tally, d.sample, d.partial), '')
                                not in ('identical', 'empty')
                        when 'failed' then n.type = 'failed'
                        else true end
                    and case when json_typeof(cast(d.request as json) -> 'webhook_ids') = 'array'
                        then exists (select from json_array_elements_text(cast(d.request as json) -> 'webhook_ids') i(id)
                                     where cast(i.id as bigint) = w.id)
                        else w.every_diff end
            )""";

    /** $1 diffs, $2 type, $3 step. */
    private static final String NOTE = "with changed as (select * from diff where id = any($1::bigint[])), "
            + NOTED.formatted(
                    "changed",
                    "$2::text",
                    "$3::int",
                    TIME.formatted("d.created_at"),
                    TIME.formatted("d.finished_at"),
                    DUE.formatted("changed"))
            + " select";

    /** Notes that the diffs were made that {@code rows} has, a query of the same statement: two more of its kind. */
    public static String created(String rows) {
        return NOTED_NEW.formatted(
                rows, "'" + EventType.CREATED.word() + "'::text", TIME.formatted("d.created_at"), DUE.formatted(rows));
    }

    /**
     * Notes an event that there is one of, of the diffs that {@code rows} has, a query of the same statement, as they are
     * there: two more of its kind.
     */
    public static String happened(String rows, EventType type) {
        return NOTED.formatted(
                rows,
                "'" + type.word() + "'::text",
                "0",
                TIME.formatted("d.created_at"),
                TIME.formatted("d.finished_at"),
                DUE.formatted(rows));
    }

    private Events() {}

    /** Notes an event that there is one of. */
    public static Uni<Void> note(SqlConnection tx, long diff, EventType type) {
        return note(tx, diff, type, 0);
    }

    /** Notes that so many tenths of the tasks are done, if it is the first time. */
    public static Uni<Void> progress(SqlConnection tx, long diff, int tenths) {
        return note(tx, diff, EventType.PROGRESS, tenths);
    }

    private static Uni<Void> note(SqlConnection tx, long diff, EventType type, int step) {
        return tx.preparedQuery(NOTE)
                .execute(Tuple.of(new Long[] {diff}, type.word(), step))
                .replaceWithVoid();
    }
}
