package io.parallax.engine.postgres.catalog;

import io.parallax.engine.postgres.session.PostgresSession;
import io.parallax.engine.postgres.sql.Sql;
import io.parallax.engine.type.DescribedDataset;
import java.util.List;

/** Whether policies hide rows of a dataset from the login that reads it. */
final class RowSecurity {
    /** Whether there may be any at all, which takes no time to find out. */
    static final String ANY =
            """
            select exists (
              select from pg_locks l join pg_class c on c.oid = l.relation
              where l.locktype = 'relation' and l.pid = pg_backend_pid() and c.relrowsecurity)""";

    /**
     * The tables that a transaction has a lock on, as it has whatever it reads, below views and queries too, once these
     * were planned. Of those with policies all that may be in force: for the login, or for the owner of a view that reads
     * them. A session may hold locks for the other side as well: own are those whose name is in the dataset's SQL, and what
     * is below them.
     */
    private static final String GUARDED =
            """
            with recursive held as (
              select distinct l.relation as oid from pg_locks l
              where l.locktype = 'relation' and l.pid = pg_backend_pid() and l.granted
                and l.database = (select d.oid from pg_database d where d.datname = current_database())
            ), own(oid) as (
              select c.oid from held h join pg_class c on c.oid = h.oid
              where case when c.relname ~ '^\\w+$' then lower(%1$s) ~ ('\\m' || lower(c.relname) || '\\M')
                         else strpos(%1$s, c.relname) > 0 end
              union
              select d.refobjid from own o join pg_rewrite w on w.ev_class = o.oid
              join pg_depend d on d.classid = 'pg_rewrite'::regclass and d.objid = w.oid
                and d.refclassid = 'pg_class'::regclass
              where d.refobjid in (select h.oid from held h)
            )
            select quote_ident(n.nspname) || '.' || quote_ident(c.relname), c.oid in (select o.oid from own o)
            from held h join pg_class c on c.oid = h.oid join pg_namespace n on n.oid = c.relnamespace
            where c.relrowsecurity and (row_security_active(c.oid) or exists (
              select from pg_depend d join pg_rewrite w on w.oid = d.objid join held v on v.oid = w.ev_class
              join pg_class o on o.oid = v.oid join pg_roles r on r.oid = o.relowner
              where d.classid = 'pg_rewrite'::regclass and d.refclassid = 'pg_class'::regclass and d.refobjid = c.oid
                and not r.rolsuper and not r.rolbypassrls
                and (c.relforcerowsecurity or not pg_has_role(r.oid, c.relowner, 'usage'))))
              -- What is read by way of a parent is guarded by the parent's policies alone.
              and not exists (select from pg_inherits i join held p on p.oid = i.inhparent where i.inhrelid = c.oid)
            order by 1""";

    /** {@code own}: whether it is the dataset's, as far as names tell. */
    private record Guarded(String table, boolean own) {}

    private RowSecurity() {}

    /** The quoted paths of tables whose policies are in force where the dataset is read, which has been planned or read. */
    static List<String> tables(PostgresSession session, DescribedDataset dataset) {
        if (!session.catalog().rowOf(ANY, row -> row.getBoolean(1))) {
            return List.of();
        }
        String sql = dataset.rows("1");
        List<Guarded> guarded = session.catalog()
                .list(GUARDED.formatted(Sql.literal(sql)), row -> new Guarded(row.getString(1), row.getBoolean(2)));
        // With the setting off the database refuses what policies would change, and only that.
        if (guarded.isEmpty() || session.permits("select set_config('row_security', 'off', true)", "explain " + sql)) {
            return List.of();
        }
        boolean named = guarded.stream().anyMatch(Guarded::own);
        return guarded.stream()
                .filter(table -> table.own() || !named)
                .map(Guarded::table)
                .toList();
    }
}
