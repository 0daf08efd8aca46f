package io.parallax.api.events;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;

/** Notes events, each once, in the transaction that makes them true. */
public final class Events {
    private static final String TIME = "to_char(%s at time zone 'utc', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"+00:00\"')";

    /** $1 diffs, $2 type, $3 step. */
    private static final String NOTE =
            """
            with noted as (
                insert into event (diff, type, step, data)
                select d.id, $2::text, $3::int, cast(json_strip_nulls(json_build_object(
                    'id', d.id, 'status', d.status, 'user_id', d.user_id,
                    'data_source1_id', d.data_source1_id, 'data_source2_id', d.data_source2_id,
                    'tags', cast(d.request as json) -> 'tags',
                    'created_at', %s, 'finished_at', %s,
                    'progress', case when $2::text = 'progress'
                        then json_build_object('tenths', $3::int) end,
                    'error', case when d.error_type is not null
                        then json_build_object('error_type', d.error_type, 'error_value', d.error_message) end,
                    'totals', case when d.tally is not null then json_build_object(
                        'total_rows', cast(d.tally as json) -> 'total_rows',
                        'exclusives', cast(d.tally as json) -> 'exclusives',
                        'rows_with_differences', cast(d.tally as json) -> 'rows_with_differences') end)) as text)
                from diff d where d.id = any($1::bigint[])
                on conflict do nothing
                returning id, diff, type
            )
            insert into delivery (event, webhook)
            select n.id, w.id from noted n join diff d on d.id = n.diff
            join webhook w on w.deleted_at is null and (w.events is null or n.type = any(w.events))
                and case when json_typeof(cast(d.request as json) -> 'webhook_ids') = 'array'
                    then exists (select from json_array_elements_text(cast(d.request as json) -> 'webhook_ids') i(id)
                                 where cast(i.id as bigint) = w.id)
                    else w.every_diff end"""
                    .formatted(TIME.formatted("d.created_at"), TIME.formatted("d.finished_at"));

    private Events() {}

    /** Notes that these diffs were made. */
    public static Uni<Void> created(SqlConnection tx, Long[] diffs) {
        return note(tx, diffs, EventType.CREATED, 0);
    }

    /** Notes an event that there is one of. */
    public static Uni<Void> note(SqlConnection tx, long diff, EventType type) {
        return note(tx, new Long[] {diff}, type, 0);
    }

    /** Notes that so many tenths of the tasks are done, if it is the first time. */
    public static Uni<Void> progress(SqlConnection tx, long diff, int tenths) {
        return note(tx, new Long[] {diff}, EventType.PROGRESS, tenths);
    }

    private static Uni<Void> note(SqlConnection tx, Long[] diffs, EventType type, int step) {
        return tx.preparedQuery(NOTE)
                .execute(Tuple.of(diffs, type.word(), step))
                .replaceWithVoid();
    }
}
