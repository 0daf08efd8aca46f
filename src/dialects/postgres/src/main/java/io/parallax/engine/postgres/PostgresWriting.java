package io.parallax.engine.postgres;

import io.parallax.engine.dialect.Writing;
import io.parallax.engine.postgres.sql.Sql;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Tables of rows that differ, in PostgreSQL. */
final class PostgresWriting implements Writing {
    private static final int LONGEST_NAME = 63;

    @Override
    public int longestName() {
        return LONGEST_NAME;
    }

    @Override
    public String createStaged(String table, String batch, List<TableColumn> columns) {
        return "create table " + table
                + columns.stream()
                        .map(column -> Sql.identifier(column.name()) + " " + column.type())
                        .collect(Collectors.joining(", ", " (" + batch + " uuid not null, ", ")"));
    }

    @Override
    public Stream<String> publish(
            String staged, String table, String batch, List<String> batches, List<TableColumn> columns) {
        String counting = " where " + batch + " = any(" + Sql.arrayLiteral(batches) + "::uuid[])";
        return Stream.of(
                "drop table if exists " + table,
                "create table " + table + " as select "
                        + columns.stream().map(PostgresWriting::cast).collect(Collectors.joining(", ")) + " from "
                        + staged + counting);
    }

    private static String cast(TableColumn column) {
        String name = Sql.identifier(column.name());
        if (column.type().equals(column.lasting())) {
            return name;
        }
        return (column.lasting().equals("interval") ? interval(name) : name + "::" + column.lasting()) + " as " + name;
    }

    /** The shortest time that an interval holds is one that its own text is not read as; infinity is of version 17. */
    private static String interval(String text) {
        String shortest = "-2562047788:00:54.775808";
        return ("case when %1$s like '%%%2$s' then replace(%1$s, '%2$s', '-2562047788:00:54.775807')::interval"
                        + " - '1 microsecond'::interval when %1$s like '%%infinity'"
                        + " and current_setting('server_version_num')::int4 < 170000 then null else %1$s::interval end")
                .formatted(text, shortest);
    }
}
