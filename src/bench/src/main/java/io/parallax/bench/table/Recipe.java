package io.parallax.bench.table;

import io.parallax.bench.Sql;
import java.util.ArrayList;
import java.util.List;

/** How a table is made. */
record Recipe(Table table) {
    /** In one transaction, so that a server with minimal logging logs none of it. */
    List<String> making() {
        List<String> statements = new ArrayList<>();
        statements.add("DROP TABLE IF EXISTS :table");
        statements.add(Sql.read("table-" + table.shape().files() + ".sql"));
        statements.add(insert(numbers().regular(), table.variant().delta()));
        statements.add(
                table.shape().isUnique()
                        ? "ALTER TABLE :table ADD PRIMARY KEY (" + key() + ")"
                        : "CREATE INDEX ON :table (" + key() + ")");
        return named(statements);
    }

    /** What sets side B apart, as a database in use would do it: rows that come later come last. */
    List<String> changing() {
        if (table.variant() != Variant.SCATTERED) {
            return List.of();
        }
        return named(List.of(
                delete(numbers().onlyA()),
                delete(numbers().changed()),
                insert(numbers().changed(), "1"),
                insert(numbers().onlyB(), "0")));
    }

    List<String> settling() {
        return named(List.of("VACUUM (ANALYZE, FREEZE) :table", "CHECKPOINT"));
    }

    /** How many rows have a partner on side A that differs. */
    String changedCount() {
        return switch (table.variant()) {
            case IDENTICAL -> "SELECT 0";
            case SCATTERED -> "SELECT count(*) FROM (" + numbers().changed() + ") n";
            case ONE_PERCENT, EVERY_ROW -> "SELECT count(*) FROM (%s) n WHERE %s <> 0"
                    .formatted(numbers().regular(), table.variant().delta());
        };
    }

    private String insert(String numbers, String delta) {
        return "INSERT INTO :table " + rows(numbers, delta);
    }

    private String delete(String numbers) {
        // Keys come first in every shape, so their names alone do for the columns.
        return "DELETE FROM :table WHERE (%1$s) IN (SELECT %1$s FROM (%2$s) r (%1$s))"
                .formatted(key(), rows(numbers, "0"));
    }

    private String rows(String numbers, String delta) {
        return Sql.read("rows-" + table.shape().files() + ".sql")
                .replace(":numbers", numbers)
                .replace(":delta", delta)
                .replace(":last", Long.toString(numbers().last()));
    }

    private String key() {
        return String.join(", ", table.shape().key());
    }

    private Numbers numbers() {
        return new Numbers(table.count());
    }

    private List<String> named(List<String> statements) {
        return statements.stream()
                .map(statement -> statement.replace(":table", table.qualified()))
                .toList();
    }
}
