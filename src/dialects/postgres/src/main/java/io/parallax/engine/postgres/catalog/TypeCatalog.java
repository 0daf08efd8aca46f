package io.parallax.engine.postgres.catalog;

import io.parallax.engine.postgres.session.PostgresSession;
import io.parallax.engine.postgres.value.Unmapped;
import io.parallax.engine.type.ColumnType;
import io.parallax.engine.type.ColumnType.Part;
import io.parallax.engine.type.ColumnType.Structure;
import io.parallax.engine.type.Family;
import io.parallax.engine.type.Repertoire;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** PostgreSQL's types by OID, as far as asked for; domains resolve to what they are made of. */
final class TypeCatalog {
    private static final Map<String, Family> FAMILIES = Map.ofEntries(
            Map.entry("int2", Family.NUMBER),
            Map.entry("int4", Family.NUMBER),
            Map.entry("int8", Family.NUMBER),
            Map.entry("numeric", Family.NUMBER),
            Map.entry("float4", Family.NUMBER),
            Map.entry("float8", Family.NUMBER),
            Map.entry("text", Family.TEXT),
            Map.entry("varchar", Family.TEXT),
            Map.entry("bpchar", Family.TEXT),
            Map.entry("name", Family.TEXT),
            Map.entry("char", Family.TEXT),
            Map.entry("bool", Family.BOOLEAN),
            Map.entry("date", Family.DATE),
            Map.entry("timestamp", Family.TIMESTAMP),
            Map.entry("timestamptz", Family.TIMESTAMPTZ),
            Map.entry("time", Family.TIME),
            Map.entry("interval", Family.INTERVAL),
            Map.entry("uuid", Family.UUID),
            Map.entry("bytea", Family.BINARY),
            Map.entry("json", Family.JSON),
            Map.entry("jsonb", Family.JSON));

    private static final ColumnType TEXT = ColumnType.plain(Family.TEXT, "text");

    /** Types of extensions by what their texts are made of, where no setting changes those but one of that. */
    private static final Map<String, ColumnType> OF_EXTENSIONS = Map.ofEntries(
            Map.entry("hstore", TEXT),
            Map.entry("ltree", TEXT),
            Map.entry("lquery", TEXT),
            Map.entry("ltxtquery", TEXT),
            Map.entry("query_int", TEXT),
            Map.entry("seg", TEXT),
            Map.entry("cube", ColumnType.plain(Family.NUMBER, "float8")),
            Map.entry("ean13", TEXT),
            Map.entry("isbn", TEXT),
            Map.entry("isbn13", TEXT),
            Map.entry("ismn", TEXT),
            Map.entry("ismn13", TEXT),
            Map.entry("issn", TEXT),
            Map.entry("issn13", TEXT),
            Map.entry("upc", TEXT),
            Map.entry("geometry", TEXT),
            Map.entry("geography", TEXT),
            Map.entry("raster", TEXT),
            Map.entry("vector", TEXT),
            Map.entry("halfvec", TEXT),
            Map.entry("sparsevec", TEXT),
            Map.entry("ip4", TEXT),
            Map.entry("ip4r", TEXT),
            Map.entry("ip6", TEXT),
            Map.entry("ip6r", TEXT),
            Map.entry("ipaddress", TEXT),
            Map.entry("iprange", TEXT),
            Map.entry("semver", TEXT));

    /** {@code next} leads from a domain to its base and from an array to its element; 0 ends. */
    private static final String QUERY =
            """
            with recursive found(oid, name, builtin, kind, next, relation) as (
              select t.oid, t.typname, t.typnamespace = 'pg_catalog'::regnamespace, k.kind,
                     case k.kind when 'd' then t.typbasetype when 'a' then t.typelem else 0::oid end, t.typrelid
              from pg_type t, lateral (select case when t.typtype = 'b' and exists (
                  select from pg_type e where e.oid = t.typelem and e.typarray = t.oid) then 'a' else t.typtype end) k(kind)
              where t.oid = any(%s)
              union
              select t.oid, t.typname, t.typnamespace = 'pg_catalog'::regnamespace, k.kind,
                     case k.kind when 'd' then t.typbasetype when 'a' then t.typelem else 0::oid end, t.typrelid
              from found f join pg_type t on t.oid = f.next, lateral (select case when t.typtype = 'b' and exists (
                  select from pg_type e where e.oid = t.typelem and e.typarray = t.oid) then 'a' else t.typtype end) k(kind)
            )
            select oid, name, builtin, kind, next, current_setting('server_encoding'),
                   case when kind = 'c' then array(select a.atttypid::int8 from pg_attribute a
                                                   where a.attrelid = relation and a.attnum > 0 and not a.attisdropped
                                                   order by a.attnum)
                     when not builtin and kind = 'r' then array(select r.rngsubtype::int8 from pg_range r where r.rngtypid = oid)
                     when not builtin and kind = 'm' then array(select r.rngtypid::int8 from pg_range r
                                                                where to_jsonb(r) ->> 'rngmultitypid' = oid::text)
                     else '{}' end,
                   array(select a.attname::text from pg_attribute a
                         where a.attrelid = relation and a.attnum > 0 and not a.attisdropped and kind = 'c'
                         order by a.attnum)
            from found""";

    private static final String LISTED = QUERY.formatted("?::oid[]");

    /** Of the columns of a table. */
    static final String OF_TABLE = QUERY.formatted("array(select a.atttypid from pg_attribute a where a.attrelid = "
            + Relations.OID + " and a.attnum > 0 and not a.attisdropped)");

    private record Entry(
            long oid,
            String name,
            boolean builtin,
            String kind,
            long next,
            Repertoire texts,
            List<Long> parts,
            List<String> columns) {}

    private final Map<Long, Entry> entries;

    private TypeCatalog(Map<Long, Entry> entries) {
        this.entries = entries;
    }

    static TypeCatalog read(PostgresSession session, Collection<Long> oids) {
        return new TypeCatalog(new HashMap<>()).with(listed(oids, session), session);
    }

    /** Of a table's columns. */
    static TypeCatalog ofTable(PostgresSession session, TablePath path) {
        return new TypeCatalog(new HashMap<>()).with(entries(session, OF_TABLE, path.schema(), path.name()), session);
    }

    /** Those, and what they are made of. */
    private TypeCatalog with(List<Entry> first, PostgresSession session) {
        List<Entry> found = first;
        while (!found.isEmpty()) {
            found.forEach(entry -> entries.put(entry.oid(), entry));
            found = listed(
                    found.stream()
                            .flatMap(entry -> entry.parts().stream())
                            .filter(oid -> !entries.containsKey(oid))
                            .collect(Collectors.toSet()),
                    session);
        }
        return this;
    }

    private static List<Entry> listed(Collection<Long> oids, PostgresSession session) {
        return oids.isEmpty()
                ? List.of()
                : entries(
                        session, LISTED, oids.stream().map(String::valueOf).collect(Collectors.joining(",", "{", "}")));
    }

    private static List<Entry> entries(PostgresSession session, String question, Object... parameters) {
        return session.catalog()
                .listOf(
                        question,
                        row -> new Entry(
                                row.getLong(1),
                                row.getString(2),
                                row.getBoolean(3),
                                row.getString(4),
                                row.getLong(5),
                                repertoire(row.getString(6)),
                                List.of((Long[]) row.getArray(7).getArray()),
                                List.of((String[]) row.getArray(8).getArray())),
                        parameters);
    }

    private static Repertoire repertoire(String encoding) {
        return Unmapped.areIn(encoding) ? Repertoire.PARTIAL : Repertoire.of(encoding);
    }

    ColumnType type(long oid) {
        Entry entry = entries.get(oid);
        if (entry == null) {
            // A pseudo-type, or one dropped a moment ago.
            return ColumnType.plain(Family.OTHER, "other");
        }
        return switch (entry.kind()) {
            case "d" -> type(entry.next());
            case "a" -> ColumnType.arrayOf(type(entry.next()));
            case "e" -> encoded(ColumnType.plain(Family.TEXT, "enum"), entry);
            default -> encoded(plain(entry), entry);
        };
    }

    private static ColumnType encoded(ColumnType type, Entry entry) {
        return type.in(entry.texts());
    }

    private ColumnType plain(Entry entry) {
        return switch (entry.kind()) {
            case "c" -> ColumnType.madeOf(Structure.COMPOSITE, columns(entry));
            case "r" -> entry.builtin() ? builtIn(entry) : ColumnType.madeOf(Structure.RANGE, parts(entry));
            case "m" -> entry.builtin() ? builtIn(entry) : ColumnType.madeOf(Structure.MULTIRANGE, parts(entry));
            default -> entry.builtin() ? builtIn(entry) : ofExtension(entry);
        };
    }

    private static ColumnType builtIn(Entry entry) {
        return ColumnType.plain(FAMILIES.getOrDefault(entry.name(), Family.OTHER), entry.name());
    }

    private static ColumnType ofExtension(Entry entry) {
        return entry.name().equals("citext")
                ? ColumnType.plain(Family.TEXT, "citext")
                : ColumnType.madeOf(
                        Structure.OWN,
                        Optional.ofNullable(OF_EXTENSIONS.get(entry.name())).stream()
                                .map(type -> new Part("", type))
                                .toList());
    }

    private List<Part> columns(Entry entry) {
        return IntStream.range(0, entry.parts().size())
                .mapToObj(
                        i -> new Part(entry.columns().get(i), type(entry.parts().get(i))))
                .toList();
    }

    private List<Part> parts(Entry entry) {
        return entry.parts().stream().map(oid -> new Part("", type(oid))).toList();
    }
}
