package io.parallax.api.events;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;

/** Notes events, each once, in the transaction that makes them true. */
public final class Events {
    private static final String TIME = "to_char(%s at time zone 'utc', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"+00:00\"')";

    /** :diff, :type, :step. */
    private static final String NOTE =
            """
            with noted as (
                insert into event (diff, type, step, data)
                select d.id, cast(:type as text), cast(:step as int), cast(json_strip_nulls(json_build_object(
                    'id', d.id, 'status', d.status, 'user_id', d.user_id,
                    'data_source1_id', d.data_source1_id, 'data_source2_id', d.data_source2_id,
                    'tags', cast(d.request as json) -> 'tags',
                    'created_at', %s, 'finished_at', %s,
                    'progress', case when cast(:type as text) = 'progress'
                        then json_build_object('tenths', cast(:step as int)) end,
                    'error', case when d.error_type is not null
                        then json_build_object('error_type', d.error_type, 'error_value', d.error_message) end,
                    'totals', case when d.tally is not null then json_build_object(
                        'total_rows', cast(d.tally as json) -> 'total_rows',
                        'exclusives', cast(d.tally as json) -> 'exclusives',
                        'rows_with_differences', cast(d.tally as json) -> 'rows_with_differences') end)) as text)
                from diff d where d.id = cast(:diff as bigint)
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

    private static final String NUMBERED =
            NOTE.replace(":diff", "$1").replace(":type", "$2").replace(":step", "$3");

    private Events() {}

    /** With the parameters {@code diff}, {@code type} and {@code step} by name. */
    public static String named() {
        return NOTE;
    }

    /** Notes an event that there is one of. */
    public static Uni<Void> note(SqlConnection tx, long diff, EventType type) {
        return note(tx, diff, type, 0);
    }

    /** Notes that so many tenths of the tasks are done, if it is the first time. */
    public static Uni<Void> progress(SqlConnection tx, long diff, int tenths) {
        return note(tx, diff, EventType.PROGRESS, tenths);
    }

    private static Uni<Void> note(SqlConnection tx, long diff, EventType type, int step) {
        return tx.preparedQuery(NUMBERED)
                .execute(Tuple.of(diff, type.word(), step))
                .replaceWithVoid();
    }
}
