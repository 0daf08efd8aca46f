package io.parallax.dialect;

import io.parallax.contract.Dataset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A table of a key {@code k} and values {@code v0}, {@code v1} and so on.
 *
 * @param name that needs no quoting
 */
record SampleTable(TestDatabase database, String name, SampleType key, List<SampleType> values) {
    private static final int ROWS_A_STATEMENT = 200;

    /** Makes it anew, with an index on its key. */
    void fill(List<SampleRow> rows) {
        List<String> statements = new ArrayList<>();
        statements.add("drop table if exists " + name);
        statements.add("create table " + name + " (k " + key.type()
                + IntStream.range(0, values.size())
                        .mapToObj(i -> ", v" + i + " " + values.get(i).type())
                        .collect(Collectors.joining())
                + ")");
        for (int from = 0; from < rows.size(); from += ROWS_A_STATEMENT) {
            statements.add("insert into " + name + " values "
                    + rows.subList(from, Math.min(rows.size(), from + ROWS_A_STATEMENT)).stream()
                            .map(this::sql)
                            .collect(Collectors.joining(", ")));
        }
        statements.add("create index " + name + "_k on " + name + " (k)");
        database.run(statements);
    }

    Dataset dataset() {
        return new Dataset(database.path(name), null, null);
    }

    void drop() {
        database.run(List.of("drop table if exists " + name));
    }

    private String sql(SampleRow row) {
        return "(" + literal(key, row.key())
                + IntStream.range(0, values.size())
                        .mapToObj(
                                i -> ", " + literal(values.get(i), row.values().get(i)))
                        .collect(Collectors.joining())
                + ")";
    }

    private static String literal(SampleType type, @Nullable Integer which) {
        return which == null ? "null" : type.literals().get(which);
    }
}
