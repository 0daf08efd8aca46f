package io.parallax.oracle.draw;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** Two databases of one server; the second orders text otherwise. */
public final class Databases {
    public static final List<String> NAMES = List.of("first", "second");

    private Databases() {}

    /** Makes both, given a connection to some other database. */
    public static void create(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE first TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C'");
            statement.execute("CREATE DATABASE second TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C'"
                    + " LOCALE_PROVIDER icu ICU_LOCALE 'en-US'");
        }
    }

    /** Makes the types and collations that columns are drawn from, given a connection to one of both. */
    public static void furnish(Connection connection, int database) throws SQLException {
        List<String> moods = Types.MOODS.stream().map(Names::literal).toList();
        List<String> others = new Dice(database).shuffled(moods);
        try (Statement statement = connection.createStatement()) {
            statement.execute(
                    """
                    CREATE EXTENSION citext SCHEMA public;
                    CREATE COLLATION public.caseless
                      (provider = icu, locale = 'und-u-ks-level2', deterministic = false);
                    CREATE COLLATION public.accentless
                      (provider = icu, locale = 'und-u-ks-level1', deterministic = false);
                    CREATE DOMAIN public.quantity AS integer;
                    CREATE DOMAIN public.code AS char(12);
                    CREATE TYPE public.mood AS ENUM (%s);
                    CREATE TYPE public."Other Mood" AS ENUM (%s);
                    """
                            .formatted(String.join(", ", moods), String.join(", ", others)));
        }
    }
}
