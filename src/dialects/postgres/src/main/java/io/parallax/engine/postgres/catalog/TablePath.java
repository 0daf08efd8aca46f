package io.parallax.engine.postgres.catalog;

import io.parallax.engine.postgres.sql.Sql;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where a table is.
 *
 * @param parts as a client names it
 * @param schema which schema that is
 */
record TablePath(List<String> parts, String schema) {
    String name() {
        return parts.get(parts.size() - 1);
    }

    /** As if dots stood between parts. */
    TablePath split() {
        List<String> all = parts.stream()
                .flatMap(part -> Stream.of(part.split("\\.")))
                .map(part -> part.replace("\"", ""))
                .filter(part -> !part.isEmpty())
                .toList();
        return all.isEmpty() ? this : new TablePath(all, all.size() < 2 ? schema : all.get(all.size() - 2));
    }

    String quoted() {
        return Sql.identifier(schema()) + "." + Sql.identifier(name());
    }

    @Override
    public String toString() {
        return String.join(".", parts);
    }
}
