package io.parallax.endtoend;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Collectors;

/** The figures of a diff, counted by the database in one plain join of the whole tables. */
public final class BruteForce {
    private static final ObjectMapper JSON = new ObjectMapper();

    private BruteForce() {}

    /** {@code pks} and {@code values} of the summary, with the statistics of the columns by name. */
    public static JsonNode figures(Connection connection, String a, String b, String key, List<String> columns)
            throws SQLException, IOException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query(a, b, key, columns))) {
            row.next();
            return JSON.readTree(row.getString(1));
        }
    }

    /** The same shape out of what the API answered. */
    public static JsonNode reported(JsonNode summary) {
        var values = Api.object();
        for (String name : List.of(
                "total_rows",
                "rows_with_differences",
                "total_values",
                "values_with_differences",
                "compared_columns",
                "columns_with_differences")) {
            values.set(name, summary.path("values").path(name));
        }
        var byColumn = values.putObject("by_column");
        for (JsonNode column : summary.path("values").path("columns_diff_stats")) {
            byColumn.set(column.path("column_name").asText(), column.path("values_different"));
        }
        var figures = Api.object();
        figures.set("pks", summary.path("pks"));
        figures.set("values", values);
        return figures;
    }

    private static String query(String a, String b, String key, List<String> columns) {
        return """
            with
                keys_a as (select %1$s as k, count(*) as n from %2$s where %1$s is not null group by 1),
                keys_b as (select %1$s as k, count(*) as n from %3$s where %1$s is not null group by 1),
                pairs as (select * from keys_a full join (select k as kb, n as nb from keys_b) q on k = kb),
                keys as (
                    select
                        sum(n) filter (where n > 1) as dupes_a, sum(nb) filter (where nb > 1) as dupes_b,
                        count(*) filter (where kb is null) as only_a, count(*) filter (where k is null) as only_b,
                        count(k) as distinct_a, count(kb) as distinct_b
                    from pairs),
                joined as (
                    select %4$s
                    from pairs
                    join %2$s as ta on ta.%1$s = pairs.k
                    join %3$s as tb on tb.%1$s = pairs.kb
                    where n = 1 and nb = 1),
                counted as (
                    select count(*) as total, count(*) filter (where %5$s) as differing, %6$s from joined)
            select json_build_object(
                'pks', json_build_object(
                    'total_rows', json_build_array((select count(*) from %2$s), (select count(*) from %3$s)),
                    'nulls', json_build_array(
                        (select count(*) from %2$s where %1$s is null),
                        (select count(*) from %3$s where %1$s is null)),
                    'dupes', json_build_array(coalesce(dupes_a, 0), coalesce(dupes_b, 0)),
                    'exclusives', json_build_array(only_a, only_b),
                    'distincts', json_build_array(distinct_a, distinct_b)),
                'values', json_build_object(
                    'total_rows', total,
                    'rows_with_differences', differing,
                    'total_values', total * %7$d,
                    'values_with_differences', %8$s,
                    'compared_columns', %7$d,
                    'columns_with_differences', %9$s,
                    'by_column', json_build_object(%10$s)))
            from keys, counted
            """
                .formatted(
                        key,
                        a,
                        b,
                        each(columns, "ta.\"%1$s\" is distinct from tb.\"%1$s\" as \"%1$s\"", ", "),
                        each(columns, "\"%s\"", " or "),
                        each(columns, "count(*) filter (where \"%1$s\") as \"%1$s\"", ", "),
                        columns.size(),
                        each(columns, "counted.\"%s\"", " + "),
                        each(columns, "(counted.\"%s\" > 0)::int", " + "),
                        each(columns, "'%1$s', counted.\"%1$s\"", ", "));
    }

    private static String each(List<String> columns, String pattern, String between) {
        return columns.stream().map(pattern::formatted).collect(Collectors.joining(between));
    }
}
