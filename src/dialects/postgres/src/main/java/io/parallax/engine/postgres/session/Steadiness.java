package io.parallax.engine.postgres.session;

import io.parallax.contract.DiffFailedException;
import io.parallax.contract.ErrorType;
import io.parallax.contract.tally.Reading;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether the tables that a session has locked, and so all that it has read, are those that its snapshot knows of. The
 * catalog's tables show what the snapshot knows, its functions what is there now: another table of that name, other
 * files below it, or a partition that came later would have been read as they never were.
 *
 * <p>A session that locks before it takes its snapshot finds no difference but partitions and children that came along
 * meanwhile, which no reader's lock can keep away. One that imports a snapshot finds any, if the locks of whoever exported it are lost.
 */
final class Steadiness {
    static final String SQL =
            """
            not exists (
              select from pg_catalog.pg_locks l
              cross join lateral pg_identify_object('pg_catalog.pg_class'::regclass, l.relation, 0) o
              left join pg_catalog.pg_class c on c.oid = l.relation
              left join pg_catalog.pg_namespace n on n.oid = c.relnamespace
              where l.locktype = 'relation' and l.pid = pg_backend_pid() and l.relation >= '16384'::oid
                and o.type in ('table', 'view', 'materialized view', 'foreign table')
                and (c.oid is null
                  or not coalesce(o.schema = quote_ident(n.nspname), false) or not coalesce(o.name = quote_ident(c.relname), false)
                  or c.relfilenode <> 0 and not coalesce(pg_relation_filenode(c.oid) = c.relfilenode, false)
                  or exists (
                    select from pg_partition_ancestors(c.oid) with ordinality a(relid, n) where a.n = 2
                    and not exists (select from pg_catalog.pg_inherits i where i.inhrelid = c.oid and i.inhparent = a.relid))))""";

    /**
     * Casts that are possible if a table has become another one's child since, both of them locked: no function tells of
     * that, but types do. An array of statements; a few where there are many tables that look alike.
     */
    private static final String CHILDREN =
            """
            array(with recursive held as materialized (
              select distinct c.oid, c.relnamespace, c.relname, c.reltype, c.relispartition from pg_catalog.pg_locks l
              join pg_catalog.pg_class c on c.oid = l.relation and c.relkind in ('r', 'f')
              where l.locktype = 'relation' and l.pid = pg_backend_pid() and c.oid >= '16384'::oid
            ), known as (
              select i.inhrelid as child, i.inhparent as parent from pg_catalog.pg_inherits i where i.inhrelid in (select h.oid from held h)
              union
              select k.child, i.inhparent from known k join pg_catalog.pg_inherits i on i.inhrelid = k.parent
            )
            select format('select null::%I.%I::%I.%I', n.nspname, h.relname, m.nspname, p.relname)
            from held h join held p on p.oid <> h.oid
            join pg_catalog.pg_namespace n on n.oid = h.relnamespace join pg_catalog.pg_namespace m on m.oid = p.relnamespace
            where not h.relispartition and not exists (select from known k where k.child = h.oid) and not exists (
                select from pg_catalog.pg_attribute a where a.attrelid = p.oid and a.attnum > 0 and not a.attisdropped
                and not exists (select from pg_catalog.pg_attribute b where b.attrelid = h.oid
                  and b.attname = a.attname and b.atttypid = a.atttypid))
              and not exists (select from pg_catalog.pg_cast k where k.castsource = h.reltype and k.casttarget = p.reltype)
            limit 12)""";

    /** No other transaction of a server has both of the first two. */
    private static final String READING =
            """
            select pg_backend_pid()::text || ' ' || now()::text, (extract(epoch from now()) * 1000000)::int8,
                   (extract(epoch from clock_timestamp()) * 1000000)::int8, """
                    + SQL
                    + ", "
                    + CHILDREN;

    /** What is known at the end of reading. */
    private record Read(Reading reading, boolean steady, List<String> casts) {}

    private Steadiness() {}

    /** How a session has been read, see {@link PostgresSession#reading}. */
    static Reading reading(PostgresSession session, @Nullable String imported) {
        Read read = session.catalog()
                .known(
                        READING,
                        row -> new Read(
                                new Reading(
                                        imported == null ? row.getString(1) : imported, row.getLong(2), row.getLong(3)),
                                row.getBoolean(4),
                                List.of((String[]) row.getArray(5).getArray())));
        if (!read.steady || hasNewChild(session, read.casts)) {
            throw DiffFailedException.losingPlan(
                    ErrorType.SOURCE_UNREACHABLE,
                    "Another session replaced a table while this diff read it; start it again.",
                    null);
        }
        return read.reading;
    }

    private static boolean hasNewChild(PostgresSession session, List<String> casts) {
        return casts.stream().anyMatch(cast -> session.takes(SqlFailures::isRefusal, cast));
    }
}
