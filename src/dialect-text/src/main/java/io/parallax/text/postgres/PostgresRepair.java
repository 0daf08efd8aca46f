package io.parallax.text.postgres;

import com.fasterxml.jackson.databind.JsonNode;
import io.parallax.contract.message.Target;
import io.parallax.text.RepairScript;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** In PostgreSQL's SQL. */
record PostgresRepair(Target target, List<String> key, List<String> compared) implements RepairScript {
    /** What literals are written for, whatever the server's configuration. */
    private static final String SETTINGS =
            """
            set local client_encoding = 'UTF8';
            set local standard_conforming_strings = on;
            set local search_path = public;
            set local timezone = 'UTC';
            set local datestyle = 'ISO, MDY';
            set local intervalstyle = 'postgres';
            set local lc_monetary = 'C';
            set local array_nulls = on;
            set local xmloption = 'content';
            set constraints all deferred;
            """;

    private static final String AS_READ =
            "-- The filter means what it meant to the diff. Literals mean the same either way.\n";

    private static final String HIDDEN =
            "A row that the filter or time interval of the diff leaves out has a key that is to be inserted; nothing is changed."
                    + " Rows: ";

    private static final String LEFT =
            "A row does not meet the filter of the diff with the values that it is to have; nothing is changed. Rows: ";

    PostgresRepair {
        key = List.copyOf(key);
        compared = List.copyOf(compared);
    }

    @Override
    public String begin(String comment) {
        return comment.lines().map(line -> "-- " + line + "\n").collect(Collectors.joining())
                + "begin;\n"
                + SETTINGS
                + asRead();
    }

    private String asRead() {
        Map<String, String> settings = target.settings();
        return settings == null
                ? ""
                : settings.entrySet().stream()
                        .map(setting -> "pg_catalog.set_config(" + Literals.quoted(setting.getKey()) + ", "
                                + Literals.quoted(setting.getValue()) + ", true)")
                        .collect(Collectors.joining(", ", AS_READ + "select ", ";\n"));
    }

    @Override
    public String end() {
        return "commit;\n";
    }

    @Override
    public String gone() {
        return "rollback;\n-- Rows of the diff were purged while this was read; nothing is changed. Start the diff again.\n";
    }

    @Override
    public String delete(JsonNode row) {
        return "delete from " + target.table() + where(row) + ";\n";
    }

    @Override
    public String update(JsonNode row, JsonNode values, String origin) {
        String settings = IntStream.range(0, compared.size())
                .filter(i -> values.has(compared.get(i))
                        && isWritable(target.values().get(i)))
                .mapToObj(i -> target.values().get(i).name() + " = " + value(i, values, origin))
                .collect(Collectors.joining(", "));
        return settings.isEmpty()
                ? ""
                : "update " + target.table() + " set " + settings + where(row) + ";\n" + left(row);
    }

    @Override
    public String insert(JsonNode row, JsonNode values, String origin) {
        List<String> columns = new ArrayList<>();
        List<String> literals = new ArrayList<>();
        for (int i = 0; i < key.size(); i++) {
            Target.Column column = target.key().get(i);
            if (isWritable(column)) {
                columns.add(column.name());
                literals.add(Literals.of(row.path(key.get(i)), column.form()));
            }
        }
        for (int i = 0; i < compared.size(); i++) {
            if (isWritable(target.values().get(i))) {
                columns.add(target.values().get(i).name());
                literals.add(value(i, values, origin));
            }
        }
        // Of an identity column, too.
        return hidden(row) + "insert into " + target.table() + " (" + String.join(", ", columns)
                + ") overriding system value values (" + String.join(", ", literals) + ");\n" + left(row);
    }

    /** Fails in words where a row that was written is not to be seen with the filter. */
    private String left(JsonNode row) {
        return Boolean.TRUE.equals(target.mayLeave())
                ? "select case when pg_catalog.count(*) OPERATOR(pg_catalog.=) 0 then ('" + LEFT
                        + "' OPERATOR(pg_catalog.||) (1 OPERATOR(pg_catalog.-) pg_catalog.count(*)))::int end from "
                        + target.table()
                        + where(row) + ";\n"
                : "";
    }

    /**
     * Fails in words where a row that the filter hides has the key already; nothing where there is no filter. The words are put
     * together by the server, so that they are a number neither when the statement is planned nor otherwise.
     */
    private String hidden(JsonNode row) {
        return target.filter() == null
                ? ""
                : "select case when pg_catalog.count(*) OPERATOR(pg_catalog.>) 0 then ('" + HIDDEN
                        + "' OPERATOR(pg_catalog.||) pg_catalog.count(*))::int end from " + target.table()
                        + where(ofKey(row)) + " and not coalesce((\n" + target.filter() + "\n), false);\n";
    }

    private String value(int column, JsonNode values, String origin) {
        JsonNode value = values.path(compared.get(column)).path(origin);
        Target.Column own = target.values().get(column);
        Target.Limits limits = own.limits();
        return limits != null && limits.bits() != null ? Literals.whole(value) : Literals.of(value, own.form());
    }

    private static boolean isWritable(Target.Column column) {
        return !Boolean.TRUE.equals(column.computed());
    }

    private String where(JsonNode row) {
        return where(
                Stream.concat(ofKey(row), Stream.ofNullable(target.filter()).map(text -> "(\n" + text + "\n)")));
    }

    private static String where(Stream<String> conditions) {
        return conditions.collect(Collectors.joining(" and ", " where ", ""));
    }

    /** By PostgreSQL's own operator, whatever the path by which the filter finds its own. */
    private Stream<String> ofKey(JsonNode row) {
        return IntStream.range(0, key.size()).boxed().flatMap(i -> target.key().get(i).conditions().stream()
                .map(condition -> condition.expression() + " OPERATOR(pg_catalog.=) "
                        + Literals.of(row.path(key.get(i)), condition.form()) + "::pg_catalog." + condition.type()));
    }
}
