package io.parallax.api.ledger.workspace;

import io.parallax.api.ledger.LockedDiff;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import org.jspecify.annotations.Nullable;

/**
 * What diffs write into databases: has their final tables made, and notes what is to be dropped. Every change is part of a
 * transaction that holds the diff's row.
 */
public final class Workspaces {
    /** $1 diff, $2 plan: a last task, which makes the final tables of the batches that count. */
    private static final String PUBLISH =
            """
            with last as (
                select coalesce(max(stage), 0) as stage from ledger_task where diff = $1 and plan = $2
            ), added as (
                insert into ledger_task (diff, plan, stage, task, body)
                select $1, $2, stage + 1 + stage % 2, 0, json_build_object(
                    'kind', 'publish',
                    'batches', (select coalesce(json_agg(batch), '[]'::json) from ledger_result
                                where diff = $1 and plan = $2 and batch is not null))::text
                from last
            )
            update diff set publishing = true, tasks = tasks + 1, updated_at = now() where id = $1""";

    /**
     * $1 diff, $2 what the names of its tables go on with, null for all that are not to stay: notes that they are to be
     * dropped.
     */
    public static final String TIDY =
            """
            insert into tidying (diff, source, sealed, schema_name, prefix)
            select distinct d.id, s.id, s.sealed, w.schema_name, (d.spec::jsonb #>> '{workspace,prefix}') || w.more
            from diff d
            cross join lateral (values
                (d.data_source1_id, d.spec::jsonb #>> '{workspace,schema_a}', coalesce($2::text, 'tmp_')),
                (d.data_source2_id, d.spec::jsonb #>> '{workspace,schema_b}', coalesce($2::text, 'tmp_')),
                (d.destination_id, d.spec::jsonb #>> '{workspace,results,schema}',
                 coalesce($2::text, case when d.status = 'done' and not d.purged then 'tmp_' else '' end))
            ) w(source, schema_name, more)
            join data_source s on s.id = w.source
            where d.id = $1 and w.schema_name is not null and s.sealed <> ''
            on conflict (diff, source, schema_name, prefix)
            do update set due_at = now(), tries = 0, last = false, sealed = excluded.sealed""";

    private Workspaces() {}

    public static Uni<Void> publish(SqlConnection tx, LockedDiff diff) {
        return tx.preparedQuery(PUBLISH)
                .execute(Tuple.of(diff.id(), diff.plan()))
                .replaceWithVoid();
    }

    /** Of a diff that is over. */
    public static Uni<Void> tidy(SqlConnection tx, LockedDiff diff) {
        return tidy(tx, diff, null);
    }

    /** Of the plan of a diff that goes on with another one. */
    public static Uni<Void> tidyPlan(SqlConnection tx, LockedDiff diff) {
        return tidyPlan(tx, diff, diff.plan());
    }

    /** The same of an earlier plan. */
    public static Uni<Void> tidyPlan(SqlConnection tx, LockedDiff diff, int plan) {
        return tidy(tx, diff, "tmp_p" + plan + "n");
    }

    private static Uni<Void> tidy(SqlConnection tx, LockedDiff diff, @Nullable String more) {
        return diff.sources().writes()
                ? tx.preparedQuery(TIDY).execute(Tuple.of(diff.id(), more)).replaceWithVoid()
                : Uni.createFrom().voidItem();
    }
}
