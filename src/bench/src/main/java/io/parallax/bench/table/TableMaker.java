package io.parallax.bench.table;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** Makes the tables that a server lacks, and keeps account of them in the server itself. */
public final class TableMaker {
    private final Connection connection;

    private TableMaker(Connection connection) {
        this.connection = connection;
    }

    /** On a server where this connection may do everything. */
    public static TableMaker on(Connection connection) throws SQLException {
        TableMaker maker = new TableMaker(connection);
        maker.execute(List.of(
                "CREATE SCHEMA IF NOT EXISTS bench",
                "CREATE TABLE IF NOT EXISTS bench.made (name text PRIMARY KEY, recipe text, changed bigint)"));
        return maker;
    }

    /** Makes the table, unless it is there whole and as it would be made today; how many of its rows are changed. */
    public long ensure(Table table) throws SQLException {
        Recipe recipe = new Recipe(table);
        String text = String.join(
                ";\n",
                Stream.concat(recipe.making().stream(), recipe.changing().stream())
                        .toList());
        OptionalLong kept = changed(table, text);
        if (kept.isPresent()) {
            return kept.getAsLong();
        }
        long start = System.nanoTime();
        make(recipe);
        long changed = count(recipe.changedCount());
        note(table, text, changed);
        System.out.printf("made %s in %.1f s%n", table.name(), (System.nanoTime() - start) / 1e9);
        return changed;
    }

    private void make(Recipe recipe) throws SQLException {
        connection.setAutoCommit(false);
        try {
            execute(recipe.making());
            connection.commit();
        } finally {
            connection.rollback();
            connection.setAutoCommit(true);
        }
        execute(recipe.changing());
        execute(recipe.settling());
    }

    private OptionalLong changed(Table table, String recipe) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("SELECT changed FROM bench.made WHERE name = ? AND recipe = ?")) {
            statement.setString(1, table.name());
            statement.setString(2, recipe);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? OptionalLong.of(row.getLong(1)) : OptionalLong.empty();
            }
        }
    }

    private void note(Table table, String recipe, long changed) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("INSERT INTO bench.made VALUES (?, ?, ?)"
                + " ON CONFLICT (name) DO UPDATE SET recipe = excluded.recipe, changed = excluded.changed")) {
            statement.setString(1, table.name());
            statement.setString(2, recipe);
            statement.setLong(3, changed);
            statement.execute();
        }
    }

    private long count(String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getLong(1);
        }
    }

    private void execute(List<String> statements) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }
}
