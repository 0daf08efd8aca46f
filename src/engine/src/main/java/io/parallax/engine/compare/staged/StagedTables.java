package io.parallax.engine.compare.staged;

import io.parallax.contract.Workspace.Table;
import io.parallax.engine.dialect.Expressions;
import io.parallax.engine.dialect.Writing;
import io.parallax.engine.dialect.Writing.TableColumn;
import io.parallax.engine.row.WireColumn;
import io.parallax.engine.task.PlanContext;
import io.parallax.engine.task.Staging;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The tables that rows which differ are written to, and their statements. While they are staged they have one more column:
 * the batch that a row belongs to. Of two executions of one task, only one batch counts in the end.
 */
public final class StagedTables {
    static final String BATCH = "parallax_batch";

    private final PlanContext context;
    private final Staging staging;
    private final Expressions expressions;
    private final Writing writing;
    private final List<WireColumn> sent;
    private final List<String> names;

    /** {@code expressions} and {@code writing}: of the source that has them. */
    public StagedTables(PlanContext context, Staging staging, Expressions expressions, Writing writing) {
        this.writing = writing;
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
        return Arrays.stream(Table.values()).map(table -> writing.createStaged(staged(table), BATCH, columns(table)));
    }

    /** The statements that make the final ones, of these batches. */
    public Stream<String> publish(List<String> batches) {
        return Arrays.stream(Table.values())
                .flatMap(table -> writing.publish(
                        staged(table), path(staging.lastingName(table)), BATCH, batches, columns(table)));
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

    private List<TableColumn> columns(Table table) {
        return unique(
                switch (table) {
                    case DIFF -> diff();
                    case EXCLUSIVES -> Stream.concat(
                                    Stream.of(
                                            TableColumn.of("is_exclusive_a", "bool"),
                                            TableColumn.of("is_exclusive_b", "bool")),
                                    all())
                            .toList();
                    case DUPLICATES1, DUPLICATES2 -> all().toList();
                });
    }

    private Stream<TableColumn> all() {
        return IntStream.range(0, sent.size()).mapToObj(i -> column(i, names.get(i)));
    }

    private TableColumn column(int index, String name) {
        return new TableColumn(
                name, sent.get(index).encoding().type(), staging.types().get(index));
    }

    private List<TableColumn> diff() {
        int keys = context.keyNames().size();
        List<TableColumn> columns = new ArrayList<>();
        for (int i = 0; i < sent.size(); i++) {
            if (i < keys) {
                columns.add(column(i, names.get(i)));
            } else {
                columns.add(column(i, names.get(i) + "_a"));
                columns.add(column(i, names.get(i) + "_b"));
                columns.add(TableColumn.of("is_diff_" + names.get(i), "bool"));
            }
        }
        return columns;
    }

    /** Names that would clash get an underscore or more. */
    private List<TableColumn> unique(List<TableColumn> columns) {
        Set<String> taken = new HashSet<>(Set.of(BATCH));
        return columns.stream()
                .map(column -> {
                    String name = shortened(column.name(), "");
                    for (String end = "_"; !taken.add(name); end += "_") {
                        name = shortened(column.name(), end);
                    }
                    return new TableColumn(name, column.type(), column.lasting());
                })
                .toList();
    }

    private String shortened(String name, String end) {
        String cut = name;
        while (bytes(cut) + end.length() > writing.longestName()) {
            cut = cut.substring(0, cut.offsetByCodePoints(cut.length(), -1));
        }
        return cut + end;
    }

    private static int bytes(String name) {
        return name.getBytes(StandardCharsets.UTF_8).length;
    }
}
