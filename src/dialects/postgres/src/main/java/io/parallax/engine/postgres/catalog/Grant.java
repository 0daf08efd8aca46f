package io.parallax.engine.postgres.catalog;

import io.parallax.engine.postgres.sql.Sql;
import io.parallax.engine.type.Access;

/** Statements that would let a login read a table. */
public final class Grant {
    private Grant() {}

    /** What is said of a login that may not use the table's schema. */
    public static String ofSchema(Access access) {
        return "The login " + access.login() + " may not use the schema " + access.schema() + "; GRANT USAGE ON SCHEMA "
                + Sql.identifier(access.schema()) + to(access);
    }

    /** {@code columns}: as SQL has them, in parentheses after a blank; empty for the whole table. */
    public static String select(String columns, Access access) {
        return "GRANT SELECT" + columns + " ON " + Sql.identifier(access.schema()) + "."
                + Sql.identifier(access.table()) + to(access);
    }

    private static String to(Access access) {
        return " TO " + Sql.identifier(access.login());
    }
}
