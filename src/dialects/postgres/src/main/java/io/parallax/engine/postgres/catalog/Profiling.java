package io.parallax.engine.postgres.catalog;

import io.parallax.contract.message.Profile;
import io.parallax.engine.postgres.session.PostgresSession;
import io.parallax.engine.postgres.sql.Sql;
import io.parallax.engine.postgres.value.AnyBytes;
import io.parallax.engine.postgres.value.CanonicalForms;
import io.parallax.engine.postgres.value.Texts;
import io.parallax.engine.postgres.value.Unmapped;
import io.parallax.engine.type.Column;
import io.parallax.engine.type.DescribedDataset;
import io.parallax.engine.type.Family;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Profiles a dataset in one scan, or several where it has very many columns. */
final class Profiling {
    /** A list of results has room for 1664 expressions. */
    private static final int COLUMNS_AT_ONCE = 500;

    private static final int MOST_SIGNS = 200;
    private static final int EXPRESSIONS = 3;
    private static final Set<Family> ORDERED = Set.of(
            Family.NUMBER,
            Family.TEXT,
            Family.DATE,
            Family.TIMESTAMP,
            Family.TIMESTAMPTZ,
            Family.TIME,
            Family.INTERVAL);

    private Profiling() {}

    /** Of all its columns that the login may read. */
    static Profile profile(PostgresSession session, DescribedDataset dataset) {
        List<Column> columns =
                dataset.columns().stream().filter(Column::readable).toList();
        List<Profile.Column> profiled = new ArrayList<>();
        long rows = 0;
        for (int from = 0; from == 0 || from < columns.size(); from += COLUMNS_AT_ONCE) {
            List<Column> some = columns.subList(from, Math.min(columns.size(), from + COLUMNS_AT_ONCE));
            rows = session.one(query(dataset, some), row -> read(row, some, profiled));
        }
        return new Profile(rows, profiled);
    }

    private static String query(DescribedDataset dataset, List<Column> columns) {
        return columns.stream()
                .map(column -> ", count(*) - count(" + counted(column) + "), " + extreme("min", column) + ", "
                        + extreme("max", column))
                .collect(Collectors.collectingAndThen(Collectors.joining("", "count(*)", ""), dataset::rows));
    }

    /** A composite of NULLs is NULL to count, but not to us. */
    private static String counted(Column column) {
        String name = Sql.identifier(column.name());
        return column.type().family() == Family.OTHER ? name + "::text" : name;
    }

    private static String extreme(String function, Column column) {
        String name = Sql.identifier(column.name());
        if (!ORDERED.contains(column.type().family())) {
            return "null::text";
        }
        String text = column.type().name().equals("char") ? CanonicalForms.singleByte(name) : CanonicalForms.text(name);
        if (column.type().unchecked()) {
            return AnyBytes.beginning(function + "(" + text + ")", MOST_SIGNS);
        }
        if (column.type().isPartlyMapped()) {
            return Unmapped.beginning(function + "(" + CanonicalForms.text(name) + ")", MOST_SIGNS);
        }
        return column.type().family() == Family.TEXT
                ? "left(" + function + "(" + text + "), " + MOST_SIGNS + ")"
                : Texts.of(function + "(" + name + ")", column.type());
    }

    private static long read(ResultSet row, List<Column> columns, List<Profile.Column> into) throws SQLException {
        for (int i = 0; i < columns.size(); i++) {
            int first = 2 + EXPRESSIONS * i;
            into.add(new Profile.Column(
                    columns.get(i).name(),
                    columns.get(i).type().name(),
                    row.getLong(first),
                    row.getString(first + 1),
                    row.getString(first + 2)));
        }
        return row.getLong(1);
    }
}
