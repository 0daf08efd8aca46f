package io.parallax.engine.postgres.catalog;

import io.parallax.contract.Dataset;
import io.parallax.contract.DiffFailedException;
import io.parallax.contract.ErrorType;
import io.parallax.contract.message.Dependent;
import io.parallax.contract.message.Profile;
import io.parallax.engine.dialect.Catalog;
import io.parallax.engine.postgres.session.CatalogQuestions.Question;
import io.parallax.engine.postgres.session.PostgresSession;
import io.parallax.engine.postgres.session.SessionSettings;
import io.parallax.engine.postgres.session.TableLocks;
import io.parallax.engine.postgres.sql.OwnSql;
import io.parallax.engine.postgres.sql.Sql;
import io.parallax.engine.session.Locking;
import io.parallax.engine.session.Session;
import io.parallax.engine.session.UserText;
import io.parallax.engine.sql.UserSql;
import io.parallax.engine.type.Column;
import io.parallax.engine.type.DescribedDataset;
import io.parallax.engine.type.TableFacts;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Describes datasets from PostgreSQL's catalog. */
public final class PostgresCatalog implements Catalog {
    /** A NOT NULL that was never validated (version 18) promises nothing. */
    private static final String COLUMNS =
            """
            select a.attname, a.atttypid, a.atttypmod,
                   a.attnotnull and not exists (select from pg_constraint k where k.conrelid = a.attrelid
                     and k.contype = 'n' and not k.convalidated and a.attnum = any(k.conkey)),
                   coalesce(case when o.collname = 'default'
                     then (select d.datcollate in ('C', 'POSIX') and coalesce(to_jsonb(d) ->> 'datlocprovider', 'c') = 'c'
                           from pg_database d where d.datname = current_database())
                     else o.collname in ('C', 'POSIX') and o.collnamespace = 'pg_catalog'::regnamespace end, false)
                     and current_setting('server_encoding') = 'UTF8',
                   has_column_privilege(a.attrelid, a.attnum, 'select')
            from pg_attribute a left join pg_collation o on o.oid = a.attcollation
            where a.attrelid = %s and a.attnum > 0 and not a.attisdropped
            order by a.attnum"""
                    .formatted(Relations.OID);

    /** Views refer to what they are made of by their rewrite rules; those of views over views follow. */
    private static final String DEPENDENTS =
            """
            with recursive down(oid) as (
              select r.ev_class from pg_depend d join pg_rewrite r on r.oid = d.objid
              where d.classid = 'pg_rewrite'::regclass and d.refclassid = 'pg_class'::regclass
                and d.refobjid = (select c.oid from pg_class c join pg_namespace n on n.oid = c.relnamespace
                                  where n.nspname = ?::name and c.relname = ?::name)
                and r.ev_class <> d.refobjid
              union
              select r.ev_class from down w
              join pg_depend d on d.refobjid = w.oid and d.refclassid = 'pg_class'::regclass
                and d.classid = 'pg_rewrite'::regclass
              join pg_rewrite r on r.oid = d.objid
            )
            select distinct n.nspname, c.relname, c.relkind from down w
            join pg_class c on c.oid = w.oid join pg_namespace n on n.oid = c.relnamespace
            where has_schema_privilege(n.oid, 'usage') order by 1, 2 limit 1000""";

    /** A small table's rows are likely to be read in order next; whatever else is asked of it takes no time. */
    private static final String SORTING_OF_SMALL = SessionSettings.SORTING
            + " where exists (select from pg_class s where s.oid = "
            + Relations.OID
            + " and s.relkind in ('r', 'm') and not s.relhassubclass and pg_relation_size(s.oid) < 33554432)";

    private record RawColumn(
            String name, long type, int modifier, boolean notNull, boolean codePointOrder, boolean readable) {}

    private final PostgresSession session;
    private final Relations relations;

    public PostgresCatalog(Session session) {
        this.session = PostgresSession.of(session);
        this.relations = new Relations(this.session);
    }

    /** What is to be locked of a dataset before it is described and read; nothing of one that cannot be. */
    public static Locking locking(Dataset dataset) {
        try {
            String filter = UserSql.filter(dataset.filter());
            List<String> table = dataset.table();
            String query = dataset.query();
            return table == null
                    ? TableLocks.of(from(UserSql.query(query == null ? "" : query)), filter)
                    : ofTable(table, filter, dataset.settings());
        } catch (DiffFailedException e) {
            // Describing it says why.
            return Locking.NONE;
        }
    }

    /** A lock comes before what a client tells the session, such as another search_path. */
    private static Locking ofTable(List<String> table, @Nullable String filter, @Nullable Map<String, String> told) {
        boolean isAmbiguous =
                table.size() < 2 && told != null && told.keySet().stream().anyMatch("search_path"::equalsIgnoreCase);
        Locking locking = TableLocks.of(
                table.stream()
                        .skip(Math.max(0, table.size() - 2))
                        .map(Sql::identifier)
                        .collect(Collectors.joining(".")),
                filter);
        return isAmbiguous ? locking.byTouch() : locking;
    }

    /** Nothing of a query, which has to be planned first, nor of a name that the login's search_path gives a meaning. */
    @Override
    public void prefetch(Dataset dataset) {
        List<String> table = dataset.table();
        if (table == null || table.size() < 2) {
            return;
        }
        TablePath path = relations.path(table);
        Object[] names = {path.schema(), path.name()};
        Stream<Question> ofTable = Stream.of(
                        Relations.RELATION,
                        COLUMNS,
                        TypeCatalog.OF_TABLE,
                        StorageCatalog.INDEXES,
                        StorageCatalog.SIZE,
                        DEPENDENTS,
                        TableCatalog.FACTS,
                        SORTING_OF_SMALL)
                .map(sql -> Question.of(sql, names));
        // What it reads is known by its locks; what a filter's functions read is not locked before it is planned.
        boolean isLocked = session.hasLocked() && dataset.filter() == null;
        Stream<String> ofLocks = isLocked ? Stream.of(RowSecurity.ANY) : Stream.of();
        Stream<String> ofServer = Stream.of(Relations.DATABASE, PostgresSession.RECOVERY);
        session.catalog()
                .ahead(Stream.concat(ofTable, Stream.concat(ofLocks, ofServer).map(Question::of))
                        .toList());
        if (!session.catalog().listOf(SORTING_OF_SMALL, row -> true, names).isEmpty()) {
            session.sorts();
        }
    }

    @Override
    public DescribedDataset describe(Dataset dataset) {
        String given = UserSql.filter(dataset.filter());
        String filter = given == null ? null : OwnSql.given(given);
        if (given != null) {
            session.knows(new UserText("filter", given));
        }
        List<String> table = dataset.table();
        if (table != null) {
            return describeTable(relations.path(table), filter);
        }
        String query = UserSql.query(dataset.query() == null ? "" : dataset.query());
        session.knows(new UserText("query", query));
        return diagnosed(query, given, () -> describeQuery(OwnSql.given(query), filter));
    }

    /** What fails because of a user's SQL, which knows more names than we do. */
    private <T> T diagnosed(String sql, @Nullable String filter, Supplier<T> work) {
        try {
            return work.get();
        } catch (DiffFailedException e) {
            throw new Diagnosis(session).of(e, filter == null ? sql : sql + "\n" + filter);
        }
    }

    @Override
    public List<Dependent> dependents(Dataset dataset, boolean sideB) {
        List<String> table = dataset.table();
        if (table == null) {
            return List.of();
        }
        TablePath path = relations.path(table);
        return session.catalog()
                .listOf(
                        DEPENDENTS,
                        row -> new Dependent(
                                sideB,
                                row.getString(3).equals("m") ? "materialized view" : "view",
                                List.of(row.getString(1), row.getString(2))),
                        path.schema(),
                        path.name());
    }

    @Override
    public Optional<TableFacts> writing(List<String> table) {
        TablePath path = relations.path(table);
        return new TableCatalog(session).facts(path.schema(), path.name());
    }

    @Override
    public String server() {
        return session.one("select current_setting('server_version')", row -> "PostgreSQL " + row.getString(1));
    }

    @Override
    public boolean takesAnyText() {
        return session.one("select current_setting('server_encoding') = 'UTF8'", row -> row.getBoolean(1));
    }

    @Override
    public String setting(String name) {
        return session.one("select current_setting(" + Sql.literal(name) + ")", row -> row.getString(1));
    }

    /** A standby takes none that others could see. */
    @Override
    public boolean sharesSnapshots() {
        return !session.isOnStandby();
    }

    @Override
    public Profile profile(DescribedDataset dataset) {
        return Profiling.profile(session, dataset);
    }

    @Override
    public List<String> guarded(DescribedDataset dataset) {
        return RowSecurity.tables(session, dataset);
    }

    @Override
    public Map<String, String> settingsOfFilter(Dataset dataset) {
        return new LoginSettings(session).of(dataset);
    }

    @Override
    public boolean stringsHaveEscapes() {
        return LoginStrings.haveEscapes(session);
    }

    @Override
    public long visibleTables() {
        return session.catalog()
                .row(
                        "select count(*) from pg_class c join pg_namespace n on n.oid = c.relnamespace"
                                + " where c.relkind in ('r', 'p', 'v', 'm', 'f') and n.nspname <> 'information_schema'"
                                + " and n.nspname not like 'pg\\_%' and has_schema_privilege(n.oid, 'usage')",
                        row -> row.getLong(1));
    }

    private DescribedDataset describeTable(TablePath path, @Nullable String filter) {
        Relations.Relation relation = relations.require(path);
        List<RawColumn> raw = session.catalog().listOf(COLUMNS, PostgresCatalog::rawColumn, path.schema(), path.name());
        TypeCatalog types = TypeCatalog.ofTable(session, path);
        List<Column> columns = raw.stream()
                .map(column -> new Column(
                        column.name(),
                        types.type(column.type()),
                        relation.stored() && column.notNull(),
                        relation.stored() ? column.modifier() : Column.NO_MODIFIER,
                        column.codePointOrder(),
                        false,
                        column.readable()))
                .toList();
        DescribedDataset described = new DescribedDataset(
                PostgresSession.DIALECT,
                path.quoted(),
                filter,
                columns,
                relation.stored() ? new StorageCatalog(session).read(path) : null,
                relation.access());
        if (filter != null) {
            // What is wrong with it is said of it here, whichever statement would have it first.
            diagnosed(
                    described.from(),
                    filter,
                    () -> session.list("explain " + described.rows("1"), row -> row.getString(1)));
        }
        return described;
    }

    private static RawColumn rawColumn(ResultSet row) throws SQLException {
        return new RawColumn(
                row.getString(1),
                row.getLong(2),
                row.getInt(3),
                row.getBoolean(4),
                row.getBoolean(5),
                row.getBoolean(6));
    }

    private TypeCatalog types(List<RawColumn> columns) {
        return TypeCatalog.read(
                session, columns.stream().map(RawColumn::type).distinct().toList());
    }

    private static String from(String query) {
        return "(\n" + query + "\n) q";
    }

    private DescribedDataset describeQuery(String query, @Nullable String filter) {
        String from = from(query);
        List<String> names = session.columnNames(
                new DescribedDataset(PostgresSession.DIALECT, from, filter, List.of(), null).rows("*") + " limit 0");
        requireNamed(names);
        List<RawColumn> raw = typed(names, from);
        TypeCatalog types = types(raw);
        List<Column> columns = raw.stream()
                .map(column -> new Column(column.name(), types.type(column.type()), false, Column.NO_MODIFIER, false))
                .toList();
        return new DescribedDataset(PostgresSession.DIALECT, from, filter, columns, null);
    }

    private void requireNamed(List<String> names) {
        Set<String> seen = new HashSet<>();
        for (String name : names) {
            if (name.isEmpty() || name.equals("?column?")) {
                throw new DiffFailedException(
                        ErrorType.QUERY_ERROR, "A column of the query has no name; name it with AS.");
            }
            if (!seen.add(name)) {
                throw new DiffFailedException(
                        ErrorType.QUERY_ERROR,
                        "The query has two columns named " + name + "; give each a name of its own with AS.");
            }
        }
    }

    /** The types as declared, of a row that is never read. */
    private List<RawColumn> typed(List<String> names, String from) {
        if (names.isEmpty()) {
            return List.of();
        }
        String types = names.stream()
                .map(name -> "pg_typeof(q." + Sql.identifier(name) + ")::oid")
                .collect(Collectors.joining(", "));
        return session.one("select " + types + " from (select) nothing left join " + from + " on false", row -> {
            List<RawColumn> columns = new ArrayList<>();
            for (int i = 0; i < names.size(); i++) {
                columns.add(new RawColumn(names.get(i), row.getLong(i + 1), Column.NO_MODIFIER, false, false, true));
            }
            return columns;
        });
    }
}
