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
    private Reader() {}

    /** The rows that meet the side's filter and these conditions. */
    public static Relation read(Connection connection, Side side, List<String> conditions) throws SQLException {
        List<String> all = new ArrayList<>(conditions);
        if (side.filter() != null) {
            all.add("(" + side.filter() + "\n)");
        }
        String filter = all.isEmpty() ? "" : " WHERE " + String.join(" AND ", all);
        try (Statement statement = connection.createStatement();
                ResultSet result =
                        statement.executeQuery("SELECT " + columns(side) + " FROM " + side.qualified() + filter)) {
            List<List<@Nullable String>> rows = new ArrayList<>();
            while (result.next()) {
                rows.add(row(result, side.columns().size()));
            }
            return new Relation(side.columns(), rows);
        }
    }

    private static String columns(Side side) {
        return String.join(
                ", ",
                side.columns().stream()
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
