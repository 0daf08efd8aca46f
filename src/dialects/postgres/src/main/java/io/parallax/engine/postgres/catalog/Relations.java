package io.parallax.engine.postgres.catalog;

import io.parallax.contract.Codec;
import io.parallax.contract.DiffFailedException;
import io.parallax.contract.ErrorType;
import io.parallax.engine.postgres.session.PostgresSession;
import io.parallax.engine.postgres.sql.Sql;
import io.parallax.engine.type.Access;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Finds tables and views by their paths. */
final class Relations {
    private static final String DEFAULT_SCHEMA = "public";

    /**
     * Stored: what has rows and indexes of its own. A table with children has rows that its constraints do not see; so has
     * one with foreign partitions.
     */
    static final String RELATION =
            """
            select c.relkind, c.relkind = 'm' or (c.relkind = 'r' and not c.relhassubclass)
                   or (c.relkind = 'p' and not exists (select from pg_partition_tree(c.oid) t
                       join pg_class l on l.oid = t.relid where l.relkind = 'f')) as stored,
                   current_user, has_schema_privilege(n.oid, 'usage')
            from pg_class c join pg_namespace n on n.oid = c.relnamespace
            where n.nspname = ?::name and c.relname = ?::name""";

    /** The oid of what has a schema and a name. */
    static final String OID =
            """
            (select c.oid from pg_class c join pg_namespace n on n.oid = c.relnamespace
             where n.nspname = ?::name and c.relname = ?::name)""";

    static final String DATABASE = "select current_database()";

    /** The schema of whatever is found by a name along the search_path. */
    private static final String VISIBLE =
            """
            select n.nspname from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
            where c.oid = to_regclass(%s)""";

    /** By schema and name as they might be meant: in other letters, in another schema, or with a dot in one part of a path. */
    private static final String SIMILAR =
            """
            select n.nspname, c.relname
            from pg_class c join pg_namespace n on n.oid = c.relnamespace
            where c.relkind in ('r', 'p', 'v', 'm', 'f') and lower(c.relname) in (lower(%1$s), lower(%2$s))
              and n.nspname not like 'pg\\_toast%%' and not c.relispartition
            order by lower(n.nspname) not in (lower(%3$s), lower(%4$s)), n.nspname not in (%3$s, %4$s),
                     c.relname not in (%1$s, %2$s), 1, 2
            limit 3""";

    private static final Set<String> KINDS = Set.of("r", "p", "v", "m", "f");

    record Relation(String kind, boolean stored, Access access) {}

    private final PostgresSession session;

    Relations(PostgresSession session) {
        this.session = session;
    }

    /** A name without a schema means what it means to the login. */
    TablePath path(List<String> parts) {
        if (parts.size() > 1) {
            return new TablePath(parts, parts.get(parts.size() - 2));
        }
        String name = parts.isEmpty() ? "" : parts.get(0);
        String schema = name.isEmpty()
                ? DEFAULT_SCHEMA
                : session.list(VISIBLE.formatted(Sql.literal(Sql.identifier(name))), row -> row.getString(1)).stream()
                        .findFirst()
                        .orElse(DEFAULT_SCHEMA);
        return new TablePath(parts, schema);
    }

    /**
     * The table or view there.
     *
     * @throws DiffFailedException when there is none
     */
    Relation require(TablePath path) {
        requireDatabase(path);
        return relation(path);
    }

    private void requireDatabase(TablePath path) {
        if (path.parts().isEmpty() || path.parts().size() > 3) {
            throw noSuchTable("A table's path has 1 to 3 parts: database, schema, table; " + path + " has "
                    + path.parts().size() + ".");
        }
        if (path.parts().size() == 3) {
            String connected = session.catalog().rowOf(DATABASE, row -> row.getString(1));
            if (!connected.equals(path.parts().get(0))) {
                throw noSuchTable("The table " + path + " is in database "
                        + path.parts().get(0) + ", but the data source is connected to " + connected
                        + "; use a data source of that database.");
            }
        }
    }

    private Relation relation(TablePath path) {
        List<Relation> found = session.catalog()
                .listOf(
                        RELATION,
                        row -> new Relation(
                                row.getString(1),
                                row.getBoolean(2),
                                new Access(row.getString(3), path.schema(), path.name(), row.getBoolean(4))),
                        path.schema(),
                        path.name());
        if (found.isEmpty() || !KINDS.contains(found.get(0).kind())) {
            throw noSuchTable("There is no table or view " + path + similar(path) + ".");
        }
        return found.get(0);
    }

    private String similar(TablePath path) {
        TablePath meant = path.split();
        List<List<String>> similar = session.catalog()
                .list(
                        SIMILAR.formatted(
                                Sql.literal(path.name()),
                                Sql.literal(meant.name()),
                                Sql.literal(path.schema()),
                                Sql.literal(meant.schema())),
                        row -> List.of(row.getString(1), row.getString(2)));
        return similar.isEmpty()
                ? ""
                : "; there is "
                        + similar.stream().map(there -> Codec.text(there)).collect(Collectors.joining(", "));
    }

    private static DiffFailedException noSuchTable(String message) {
        return new DiffFailedException(ErrorType.NO_SUCH_TABLE, message);
    }
}
