package io.parallax.engine.postgres.catalog;

import io.parallax.engine.postgres.session.PostgresSession;

/** How strings are read in a login's own sessions, where role or database say so; ours read them in the standard way. */
final class LoginStrings {
    /** Of role in database, role, database and all, the first that says anything. */
    private static final String HAVE_ESCAPES =
            """
            select coalesce((select split_part(c, '=', 2) ~* '^(off?|f|fa|fal|fals|false|no?|0)$'
                from pg_db_role_setting d, unnest(d.setconfig) c
                where lower(split_part(c, '=', 1)) = 'standard_conforming_strings'
                  and (d.setdatabase = 0 or d.setdatabase = (select b.oid from pg_database b where b.datname = current_database()))
                  and (d.setrole = 0 or d.setrole = (select r.oid from pg_roles r where r.rolname = session_user))
                order by d.setrole <> 0 desc, d.setdatabase <> 0 desc limit 1), false)""";

    private LoginStrings() {}

    /** Whether a backslash in a plain string is an escape to it: standard_conforming_strings is off. */
    static boolean haveEscapes(PostgresSession session) {
        return session.catalog().row(HAVE_ESCAPES, row -> row.getBoolean(1));
    }
}
