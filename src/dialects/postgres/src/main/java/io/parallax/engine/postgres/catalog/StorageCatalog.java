package io.parallax.engine.postgres.catalog;

import io.parallax.engine.postgres.session.PostgresSession;
import io.parallax.engine.type.Index;
import io.parallax.engine.type.Storage;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** How tables lie on disk, from PostgreSQL's catalog. */
final class StorageCatalog {
    /** A row's place (column -1) is a column to be granted like any other. Rows as last counted, scaled to today's pages as PostgreSQL's planner does; 60 a page where never counted. */
    static final String SIZE =
            """
            with named(id) as (select %s)
            select coalesce(string_agg(s.pages::text, ','), '0'),
                   current_setting('server_version_num')::int >= 140000
                     and coalesce((select has_column_privilege(id, (-1)::int2, 'select') from named), false),
                   coalesce(sum(case when c.reltuples > 0 and c.relpages > 0
                     then c.reltuples / c.relpages else 60 end * s.pages), 0)::float8,
                   coalesce(sum(pg_table_size(c.oid)), 0)::int8
            from pg_class c,
                 lateral (select pg_relation_size(c.oid) / current_setting('block_size')::int8) s(pages)
            where c.oid = any(array(select t.relid::oid from named, pg_partition_tree(id) t where t.isleaf)
                              || array(select id from named))
              and c.relkind in ('r', 'm')"""
                    .formatted(Relations.OID);

    /** One row per index column: plain says that it is a column, in the column's own order. */
    static final String INDEXES =
            """
            select i.indexrelid::bigint,
                   i.indisunique and i.indimmediate and not i.indisexclusion,
                   i.indnkeyatts, a.attname,
                   coalesce(o.opcdefault and i.indcollation[p.n] = a.attcollation, false)
            from pg_index i
            join pg_class x on x.oid = i.indexrelid
            join pg_am m on m.oid = x.relam and m.amname = 'btree'
            cross join lateral generate_series(0, i.indnkeyatts - 1) p(n)
            left join pg_attribute a on a.attrelid = i.indrelid and a.attnum = i.indkey[p.n] and a.attnum > 0
            left join pg_opclass o on o.oid = i.indclass[p.n]
            where i.indrelid = %s and i.indisvalid and i.indisready and i.indpred is null
            order by 1, p.n"""
                    .formatted(Relations.OID);

    private record IndexColumn(long index, boolean unique, int columns, String name, boolean plain) {}

    private final PostgresSession session;

    StorageCatalog(PostgresSession session) {
        this.session = session;
    }

    Storage read(TablePath path) {
        List<Index> indexes =
                indexes(session.catalog().listOf(INDEXES, StorageCatalog::indexColumn, path.schema(), path.name()));
        return session.catalog()
                .rowOf(
                        SIZE,
                        row -> new Storage(
                                Arrays.stream(row.getString(1).split(","))
                                        .map(Long::valueOf)
                                        .toList(),
                                row.getBoolean(2),
                                row.getDouble(3),
                                row.getLong(4),
                                indexes),
                        path.schema(),
                        path.name());
    }

    private static IndexColumn indexColumn(ResultSet row) throws SQLException {
        String name = row.getString(4);
        return new IndexColumn(
                row.getLong(1), row.getBoolean(2), row.getInt(3), name == null ? "" : name, row.getBoolean(5));
    }

    private static List<Index> indexes(List<IndexColumn> columns) {
        List<Index> indexes = new ArrayList<>();
        for (int start = 0; start < columns.size(); start += columns.get(start).columns()) {
            List<IndexColumn> one =
                    columns.subList(start, start + columns.get(start).columns());
            List<String> plain = one.stream()
                    .takeWhile(IndexColumn::plain)
                    .map(IndexColumn::name)
                    .toList();
            indexes.add(new Index(plain, one.get(0).unique() && plain.size() == one.size()));
        }
        return indexes;
    }
}
