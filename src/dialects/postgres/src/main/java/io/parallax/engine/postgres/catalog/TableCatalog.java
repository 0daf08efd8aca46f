package io.parallax.engine.postgres.catalog;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.parallax.contract.Codec;
import io.parallax.engine.postgres.session.PostgresSession;
import io.parallax.engine.type.TableFacts;
import java.util.List;
import java.util.Optional;

/** What PostgreSQL's catalog says of writing to a table, in one statement. */
final class TableCatalog {
    static final String FACTS =
            """
            with recursive named as (
              select c.* , c.oid as id from pg_class c join pg_namespace n on n.oid = c.relnamespace
              where c.relkind in ('r', 'p', 'v', 'f') and n.nspname = ?::name and c.relname = ?::name
            ), behind(id) as (
              select case when relkind <> 'v' then id else (
                select case when count(distinct d.refobjid) = 1 then min(d.refobjid::int8)::oid end
                from pg_rewrite w join pg_depend d on d.classid = 'pg_rewrite'::regclass and d.objid = w.oid
                where w.ev_class = named.id and w.ev_type = '1' and d.refclassid = 'pg_class'::regclass
                  and d.refobjid <> named.id) end from named
            ), family(id) as (
              select id from behind
              union select i.inhrelid from pg_inherits i join family f on f.id = i.inhparent
            ), typed(num, type, modifier, strict, checks) as (
              select a.attnum, a.atttypid, a.atttypmod, a.attnotnull, array[]::oid[]
              from pg_attribute a where a.attrelid = (select id from behind) and a.attnum > 0 and not a.attisdropped
              union all
              select d.num, t.typbasetype, t.typtypmod, d.strict or t.typnotnull,
                     d.checks || array(select k.oid from pg_constraint k where k.contypid = t.oid and k.contype = 'c')
              from typed d join pg_type t on t.oid = d.type and t.typtype = 'd'
            ), fields as (
              select a.attnum, jsonb_build_object(
                'name', a.attname, 'type', format_type(a.atttypid, a.atttypmod),
                'plain_type', format_type(d.type, d.modifier), 'modifier', d.modifier, 'not_null', d.strict,
                'default', case when a.attgenerated = '' then coalesce(pg_get_expr(e.adbin, e.adrelid), o.typdefault) end,
                'identity', a.attidentity, 'computed', case when a.attgenerated <> '' then pg_get_expr(e.adbin, e.adrelid) end,
                'checks', to_jsonb(array(select pg_get_constraintdef(k) from unnest(d.checks) k order by 1)),
                'labels', (select jsonb_agg(l.enumlabel order by l.enumsortorder) from pg_enum l where l.enumtypid = d.type
                           having count(*) between 1 and 50),
                'loose', t.typname = 'citext' or not coalesce(c.collisdeterministic, true)) as field
              from pg_attribute a join typed d on d.num = a.attnum join pg_type t on t.oid = d.type
              join pg_type o on o.oid = a.atttypid
              left join pg_attrdef e on e.adrelid = a.attrelid and e.adnum = a.attnum
              left join pg_collation c on c.oid = a.attcollation
              where a.attrelid = (select id from behind) and t.typtype <> 'd'
            )
            select jsonb_build_object(
              'kind', n.relkind,
              'encoding', current_setting('server_encoding'),
              'table', coalesce(b.relname, n.relname),
              'known_table', coalesce(b.relkind in ('r', 'p'), false)
                and not exists (select from family f join pg_class c on c.oid = f.id where c.relkind not in ('r', 'p')),
              'writable', pg_relation_is_updatable(n.id, false),
              'filtered', n.relkind = 'v' and pg_get_viewdef(n.id) ~* '\\mwhere\\M',
              'same_columns', not exists (select from pg_attribute v where v.attrelid = n.id and v.attnum > 0
                and not v.attisdropped and not exists (select from pg_attribute o where o.attrelid = b.oid
                  and o.attname = v.attname and o.atttypid = v.atttypid and o.attnum > 0)),
              'inherited', coalesce(b.relkind = 'r' and (select count(*) from family) > 1, false),
              'partition', coalesce(b.relispartition, false),
              'bounded', exists (select from family f join pg_partitioned_table p on p.partrelid = f.id
                                 where p.partstrat <> 'h' and p.partdefid = 0),
              'bounds', coalesce((select jsonb_agg(distinct pg_get_partkeydef(i.inhparent) || ' '
                  || pg_get_expr(c.relpartbound, c.oid))
                from pg_inherits i join pg_class c on c.oid = i.inhrelid
                where i.inhparent in (select id from family) and c.relpartbound is not null), '[]'),
              'secured', exists (select from family f join pg_class c on c.oid = f.id where c.relrowsecurity),
              'ruled', exists (select from pg_rewrite w where w.ev_class in (select id from family union select n.id)
                               and w.ev_type <> '1' and w.ev_enabled <> 'D'),
              'triggers', coalesce((select jsonb_agg(distinct jsonb_build_object('name', g.tgname, 'events', g.tgtype))
                from pg_trigger g where g.tgrelid in (select id from family union select n.id)
                  and not g.tgisinternal and g.tgenabled not in ('D', 'R')), '[]'),
              'columns', coalesce((select jsonb_agg(field order by attnum) from fields), '[]'),
              'constraints', coalesce((select jsonb_agg(distinct jsonb_build_object('type', k.contype, 'name', k.conname,
                  'columns', array(select a.attname from pg_attribute a where a.attrelid = k.conrelid and a.attnum = any(k.conkey)
                                   order by a.attnum),
                  'definition', pg_get_constraintdef(k.oid),
                  'other', coalesce((select oid::text from pg_class where oid = k.confrelid), '')))
                from pg_constraint k where k.conrelid in (select id from family) and k.contype in ('c', 'f', 'x')), '[]'),
              'referrers', coalesce((select jsonb_agg(distinct jsonb_build_object('type', k.contype, 'name', k.conname,
                  'columns', array(select a.attname from pg_attribute a where a.attrelid = k.confrelid and a.attnum = any(k.confkey)
                                   order by a.attnum),
                  'definition', pg_get_constraintdef(k.oid), 'other', k.conrelid::text))
                from pg_constraint k where k.confrelid in (select id from family) and k.contype = 'f'), '[]'),
              'unique', coalesce((select jsonb_agg(jsonb_build_object('name', x.relname,
                  'columns', array(select a.attname from pg_attribute a where a.attrelid = i.indrelid and a.attnum = any(
                                   (i.indkey::int2[])[0:i.indnkeyatts - 1]) order by a.attnum),
                  'plain', i.indpred is null and i.indexprs is null, 'at_once', i.indimmediate,
                  'nulls_equal', coalesce((to_jsonb(i) ->> 'indnullsnotdistinct')::bool, false)) order by x.relname)
                from pg_index i join pg_class x on x.oid = i.indexrelid
                where i.indrelid in (select id from family) and i.indisunique and not i.indisexclusion
                  and not exists (select from pg_inherits h where h.inhrelid = i.indexrelid)), '[]'))::text
            from named n left join pg_class b on b.oid = (select id from behind)""";

    /** One for all: each one finds out anew how to read what it is asked for. */
    private static final ObjectMapper MAPPER = Codec.mapper();

    private final PostgresSession session;

    TableCatalog(PostgresSession session) {
        this.session = session;
    }

    /** Of a table or view; empty for what cannot be written to. */
    Optional<TableFacts> facts(String schema, String name) {
        List<String> found = session.catalog().listOf(FACTS, row -> row.getString(1), schema, name);
        return found.stream().findFirst().map(TableCatalog::read);
    }

    private static TableFacts read(String json) {
        try {
            return MAPPER.readValue(json, TableFacts.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the catalog's answer is not what was asked for", e);
        }
    }
}
