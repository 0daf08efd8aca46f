package io.parallax.dialect.postgres;

import io.parallax.engine.TestServer;

/** A schema with a look-alike of everything that PostgreSQL has by itself; each is of no use, and says so. */
final class HostileSchema {
    private static final String FUNCTIONS =
            """
            do $do$
            declare
              f record;
              body text := 'begin raise exception ''hostile %''; end';
            begin
              for f in select p.oid, p.proname as name, p.prokind as kind, p.proretset as many,
                              (select coalesce(string_agg(format_type(t, null), ', ' order by i), '')
                               from unnest(p.proargtypes::oid[]) with ordinality u(t, i)) as args,
                              format_type(p.prorettype, null) as result
                       from pg_proc p where p.pronamespace = 'pg_catalog'::regnamespace and p.prokind in ('f', 'a')
              loop
                begin
                  if f.kind = 'f' then
                    execute format('create function hostile.%I(%s) returns %s %s language plpgsql as %L', f.name, f.args,
                      case when f.many then 'setof' else '' end, f.result, replace(body, '%', f.name));
                  else
                    execute format('create function hostile.%I(%s) returns int8 language plpgsql as %L', 'step_' || f.oid,
                      concat_ws(', ', 'int8', nullif(replace(f.args, '"any"', 'anyelement'), '')), replace(body, '%', f.name));
                    execute format('create aggregate hostile.%I(%s) (sfunc = hostile.%I, stype = int8, initcond = 0)', f.name,
                      coalesce(nullif(replace(f.args, '"any"', 'anyelement'), ''), '*'), 'step_' || f.oid);
                  end if;
                exception when others then
                  null;
                end;
              end loop;
            end $do$""";

    private static final String OPERATORS =
            """
            do $do$
            declare
              o record;
            begin
              for o in select p.oid, p.oprname as name, format_type(nullif(p.oprleft, 0), null) as l,
                              format_type(p.oprright, null) as r, format_type(p.oprresult, null) as result
                       from pg_operator p where p.oprnamespace = 'pg_catalog'::regnamespace
              loop
                begin
                  execute format('create function hostile.%I(%s) returns %s language plpgsql as %L', 'op_' || o.oid,
                    concat_ws(', ', o.l, o.r), o.result, 'begin raise exception ''hostile ' || o.name || '''; end');
                  execute format('create operator hostile.%s (%s rightarg = %s, function = hostile.%I)', o.name,
                    case when o.l is null then '' else 'leftarg = ' || o.l || ',' end, o.r, 'op_' || o.oid);
                exception when others then
                  null;
                end;
              end loop;
            end $do$""";

    private static final String TYPES_AND_RELATIONS =
            """
            do $do$
            declare
              t text;
            begin
              for t in select typname from pg_type where typnamespace = 'pg_catalog'::regnamespace and typtype = 'b'
                         and typname not like '\\_%'
              loop
                execute format('create domain hostile.%I as pg_catalog.%I check (false)', t, t);
              end loop;
              for t in select relname from pg_class where relnamespace = 'pg_catalog'::regnamespace and relkind in ('r', 'v')
              loop
                begin
                  execute format('create view hostile.%I as select * from pg_catalog.%I where false', t, t);
                exception when others then
                  null;
                end;
              end loop;
            end $do$""";

    private HostileSchema() {}

    /** Makes it, for a role to use. */
    static void create(String role) {
        TestServer.run(
                "drop schema if exists hostile cascade",
                "create schema hostile",
                FUNCTIONS,
                OPERATORS,
                TYPES_AND_RELATIONS,
                "create collation hostile.\"C\" (provider = libc, locale = 'C.UTF-8')",
                "grant usage on schema hostile to " + role,
                "grant select on all tables in schema hostile to " + role);
    }
}
