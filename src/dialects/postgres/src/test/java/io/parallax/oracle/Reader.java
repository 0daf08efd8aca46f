package io.parallax.oracle;

import io.parallax.oracle.draw.TablePair.Side;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads a side whole. */
public final class Reader {
    /** What makes a session print values as {@link Relation} promises, when it sends them as text. */
    public static final String SETTINGS =
            """
            SET TimeZone = 'UTC';
            SET DateStyle = 'ISO, YMD';
            SET IntervalStyle = 'postgres';
            SET bytea_output = 'hex';
            SET extra_float_digits = 1;
            SET search_path = pg_catalog, public;
            """;

    private Reader() {}

    /** The rows that meet the side's filter and these conditions. */
    static Relation read(Connection connection, Side side, List<String> conditions) throws SQLException {
        return read(connection, side.qualified(), side.columns(), side.filter(), conditions);
    }

    /** The same of these columns of a table, through a session with the {@link #SETTINGS}. */
    public static Relation read(
            Connection connection, String table, List<Column> columns, @Nullable String filter, List<String> conditions)
            throws SQLException {
        List<String> all = new ArrayList<>(conditions);
        if (filter != null) {
            all.add("(" + filter + "\n)");
        }
        String where = all.isEmpty() ? "" : " WHERE " + String.join(" AND ", all);
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("SELECT " + names(columns) + " FROM " + table + where)) {
            List<List<@Nullable String>> rows = new ArrayList<>();
            while (result.next()) {
                rows.add(row(result, columns.size()));
            }
            return new Relation(columns, rows);
        }
    }

    private static String names(List<Column> columns) {
        return String.join(
                ", ",
                columns.stream()
                        .map(column -> '"' + column.name().replace("\"", "\"\"") + '"')
                        .toList());
    }

    private static List<@Nullable String> row(ResultSet result, int columns) throws SQLException {
        List<@Nullable String> row = new ArrayList<>();
        for (int column = 1; column <= columns; column++) {
            row.add(result.getString(column));
        }
        return row;
    }
}
