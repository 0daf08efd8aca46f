package io.parallax.engine.postgres;

import io.parallax.engine.schema.DescribedDataset;
import io.parallax.engine.source.Session;
import java.util.List;

/** Whether policies hide rows of a dataset from the login that reads it. */
public final class RowSecurity {
    /**
     * The tables that a transaction has a lock on, as it has whatever it reads, below views and queries too, once these
     * were planned. Of those with policies all that may be in force: for the login, or for the owner of a view that reads
     * them.
     */
    private static final String GUARDED =
            """
            with held as (
              select distinct l.relation as oid from pg_locks l
              where l.locktype = 'relation' and l.pid = pg_backend_pid() and l.granted
                and l.database = (select d.oid from pg_database d where d.datname = current_database()))
            select quote_ident(n.nspname) || '.' || quote_ident(c.relname)
            from held h join pg_class c on c.oid = h.oid join pg_namespace n on n.oid = c.relnamespace
            where c.relrowsecurity and (row_security_active(c.oid) or exists (
              select from pg_depend d join pg_rewrite w on w.oid = d.objid join held v on v.oid = w.ev_class
              join pg_class o on o.oid = v.oid join pg_roles r on r.oid = o.relowner
              where d.classid = 'pg_rewrite'::regclass and d.refclassid = 'pg_class'::regclass and d.refobjid = c.oid
                and not r.rolsuper and not r.rolbypassrls
                and (c.relforcerowsecurity or not pg_has_role(r.oid, c.relowner, 'usage'))))
            order by 1""";

    private RowSecurity() {}

    /** The quoted paths of tables whose policies are in force where the dataset is read, which has been planned or read. */
    public static List<String> tables(Session session, DescribedDataset dataset) {
        List<String> guarded = session.catalog(GUARDED, row -> row.getString(1));
        // With the setting off the database refuses what policies would change, and only that.
        return guarded.isEmpty()
                        || session.permits(
                                "select set_config('row_security', 'off', true)", "explain " + dataset.rows("1"))
                ? List.of()
                : guarded;
    }
}
