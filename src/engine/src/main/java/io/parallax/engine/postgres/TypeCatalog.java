package io.parallax.engine.postgres;

import io.parallax.engine.schema.ColumnType;
import io.parallax.engine.schema.Family;
import io.parallax.engine.schema.Repertoire;
import io.parallax.engine.source.Session;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

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

    /** {@code next} leads from a domain to its base and from an array to its element; 0 ends. */
    private static final String QUERY =
            """
            with recursive found(oid, name, builtin, kind, next) as (
              select t.oid, t.typname, t.typnamespace = 'pg_catalog'::regnamespace, k.kind,
                     case k.kind when 'd' then t.typbasetype when 'a' then t.typelem else 0::oid end
              from pg_type t, lateral (select case when t.typtype = 'b' and exists (
                  select from pg_type e where e.oid = t.typelem and e.typarray = t.oid) then 'a' else t.typtype end) k(kind)
              where t.oid = any(%s::oid[])
              union
              select t.oid, t.typname, t.typnamespace = 'pg_catalog'::regnamespace, k.kind,
                     case k.kind when 'd' then t.typbasetype when 'a' then t.typelem else 0::oid end
              from found f join pg_type t on t.oid = f.next, lateral (select case when t.typtype = 'b' and exists (
                  select from pg_type e where e.oid = t.typelem and e.typarray = t.oid) then 'a' else t.typtype end) k(kind)
            )
            select oid, name, builtin, kind, next, current_setting('server_encoding') from found""";

    private record Entry(long oid, String name, boolean builtin, String kind, long next, Repertoire texts) {}

    private final Map<Long, Entry> entries;

    private TypeCatalog(Map<Long, Entry> entries) {
        this.entries = entries;
    }

    static TypeCatalog read(Session session, Collection<Long> oids) {
        String list = Sql.arrayLiteral(oids.stream().map(String::valueOf).toList());
        Map<Long, Entry> entries = new HashMap<>();
        session.catalog(
                        QUERY.formatted(list),
                        row -> new Entry(
                                row.getLong(1),
                                row.getString(2),
                                row.getBoolean(3),
                                row.getString(4),
                                row.getLong(5),
                                repertoire(row.getString(6))))
                .forEach(entry -> entries.put(entry.oid(), entry));
        return new TypeCatalog(entries);
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

    private static ColumnType plain(Entry entry) {
        if (entry.builtin()) {
            return ColumnType.plain(FAMILIES.getOrDefault(entry.name(), Family.OTHER), entry.name());
        }
        return entry.name().equals("citext")
                ? ColumnType.plain(Family.TEXT, "citext")
                : ColumnType.plain(Family.OTHER, "other");
    }
}
