package io.parallax.engine.compare.staged;

import io.parallax.contract.Workspace.Table;
import io.parallax.engine.dialect.Expressions;
import io.parallax.engine.row.WireColumn;
import io.parallax.engine.task.PlanContext;
import io.parallax.engine.task.Staging;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The tables that rows which differ are written to, and their statements. While they are staged they have one more column:
 * the batch that a row belongs to. Of two executions of one task, only one batch counts in the end.
 */
public final class StagedTables {
    static final String BATCH = "parallax_batch";

    /** Bytes; more are cut off by the database, and might clash then. */
    private static final int LONGEST_NAME = 63;

    /** One column: what it is called, its type while staged, and in the end. */
    private record Column(String name, String type, String lasting) {
        static Column of(String name, String type) {
            return new Column(name, type, type);
        }
    }

    private final PlanContext context;
    private final Staging staging;
    private final Expressions expressions;
    private final List<WireColumn> sent;
    private final List<String> names;

    /** {@code expressions}: of the source that has them. */
    public StagedTables(PlanContext context, Staging staging, Expressions expressions) {
        this.expressions = expressions;
        this.context = context;
        this.staging = staging;
        this.sent = Stream.concat(context.a().sentKey().stream(), context.a().sentValues().stream())
                .toList();
        this.names = Stream.concat(context.keyNames().stream(), context.valueNames().stream())
                .toList();
    }

    /** The statements that make all of them. */
    public Stream<String> create() {
        return Arrays.stream(Table.values())
                .map(table -> "create table " + staged(table)
                        + columns(table).stream()
                                .map(column -> expressions.identifier(column.name()) + " " + column.type())
                                .collect(Collectors.joining(", ", " (" + BATCH + " uuid not null, ", ")")));
    }

    /** The statements that make the final ones, of these batches. */
    public Stream<String> publish(List<String> batches) {
        String counting = " where " + BATCH + " = any(" + expressions.array(batches) + "::uuid[])";
        return Arrays.stream(Table.values())
                .flatMap(table -> Stream.of(
                        "drop table if exists " + path(staging.lastingName(table)),
                        "create table " + path(staging.lastingName(table)) + " as select "
                                + columns(table).stream().map(this::cast).collect(Collectors.joining(", "))
                                + " from " + staged(table) + counting));
    }

    private String cast(Column column) {
        String name = expressions.identifier(column.name());
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

    /** The quoted path of a table that tasks write to. */
    String staged(Table table) {
        return path(staging.stagedName(table));
    }

    private String path(String name) {
        return expressions.identifier(staging.schema()) + "." + expressions.identifier(name);
    }

    /** How many columns it has, without the batch. */
    int width(Table table) {
        return columns(table).size();
    }

    private List<Column> columns(Table table) {
        return unique(
                switch (table) {
                    case DIFF -> diff();
                    case EXCLUSIVES -> Stream.concat(
                                    Stream.of(Column.of("is_exclusive_a", "bool"), Column.of("is_exclusive_b", "bool")),
                                    all())
                            .toList();
                    case DUPLICATES1, DUPLICATES2 -> all().toList();
                });
    }

    private Stream<Column> all() {
        return IntStream.range(0, sent.size()).mapToObj(i -> column(i, names.get(i)));
    }

    private Column column(int index, String name) {
        return new Column(
                name, sent.get(index).encoding().type(), staging.types().get(index));
    }

    private List<Column> diff() {
        int keys = context.keyNames().size();
        List<Column> columns = new ArrayList<>();
        for (int i = 0; i < sent.size(); i++) {
            if (i < keys) {
                columns.add(column(i, names.get(i)));
            } else {
                columns.add(column(i, names.get(i) + "_a"));
                columns.add(column(i, names.get(i) + "_b"));
                columns.add(Column.of("is_diff_" + names.get(i), "bool"));
            }
        }
        return columns;
    }

    /** Names that would clash get an underscore or more. */
    private static List<Column> unique(List<Column> columns) {
        Set<String> taken = new HashSet<>(Set.of(BATCH));
        return columns.stream()
                .map(column -> {
                    String name = shortened(column.name(), "");
                    for (String end = "_"; !taken.add(name); end += "_") {
                        name = shortened(column.name(), end);
                    }
                    return new Column(name, column.type(), column.lasting());
                })
                .toList();
    }

    private static String shortened(String name, String end) {
        String cut = name;
        while (bytes(cut) + end.length() > LONGEST_NAME) {
            cut = cut.substring(0, cut.offsetByCodePoints(cut.length(), -1));
        }
        return cut + end;
    }

    private static int bytes(String name) {
        return name.getBytes(StandardCharsets.UTF_8).length;
    }
}
