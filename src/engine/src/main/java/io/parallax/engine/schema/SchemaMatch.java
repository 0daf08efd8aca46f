package io.parallax.engine.schema;

import io.parallax.contract.DiffFailedException;
import io.parallax.contract.DiffSpec;
import io.parallax.contract.ErrorType;
import io.parallax.contract.message.SchemaComparison;
import io.parallax.contract.tally.Sides;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Which columns are compared with which.
 *
 * @param key the key's columns in the order asked for
 * @param compared the other comparable columns of the same name, in A's order
 */
public record SchemaMatch(List<ColumnPair> key, List<ColumnPair> compared, SchemaComparison comparison) {
    public SchemaMatch {
        key = List.copyOf(key);
        compared = List.copyOf(compared);
    }

    /**
     * The match of two datasets.
     *
     * @throws DiffFailedException when a column that is asked for is missing, or the key's types do not fit
     */
    public static SchemaMatch of(DescribedDataset a, DescribedDataset b, DiffSpec spec) {
        Set<String> key = new LinkedHashSet<>(spec.key());
        List<ColumnPair> keyPairs =
                key.stream().map(name -> keyPair(name, a, b)).toList();
        Stream.concat(spec.include().stream(), spec.exclude().stream()).forEach(name -> requireSomewhere(name, a, b));
        Selection selection = new Selection(key, spec);
        List<Column> ofA = selection.of(a);
        List<Column> ofB = selection.of(b);
        List<ColumnPair> compared = ofA.stream()
                .filter(column -> !key.contains(column.name()))
                .flatMap(column -> partner(column, ofB).stream()
                        .filter(partner -> column.type().comparableWith(partner.type()))
                        .map(partner -> new ColumnPair(column, partner)))
                .toList();
        return new SchemaMatch(keyPairs, compared, compare(ofA, ofB));
    }

    private record Selection(Set<String> key, DiffSpec spec) {
        List<Column> of(DescribedDataset dataset) {
            return dataset.columns().stream()
                    .filter(column -> wants(column.name()))
                    .toList();
        }

        private boolean wants(String name) {
            return key.contains(name)
                    || (spec.include().isEmpty()
                            ? !spec.exclude().contains(name)
                            : spec.include().contains(name));
        }
    }

    private static SchemaComparison compare(List<Column> a, List<Column> b) {
        List<String> onlyA = without(a, b);
        List<String> onlyB = without(b, a);
        List<String> typeDiffers = a.stream()
                .filter(column -> partner(column, b).stream()
                        .anyMatch(partner -> !column.type().comparableWith(partner.type())))
                .map(Column::name)
                .toList();
        return new SchemaComparison(
                Sides.of(a.size(), b.size()),
                Sides.of(onlyA.size() + typeDiffers.size(), onlyB.size() + typeDiffers.size()),
                typeDiffers,
                ColumnOrder.moves(names(a, onlyA), names(b, onlyB)),
                onlyA,
                onlyB);
    }

    private static List<String> without(List<Column> columns, List<Column> others) {
        return columns.stream()
                .filter(column -> partner(column, others).isEmpty())
                .map(Column::name)
                .toList();
    }

    private static List<String> names(List<Column> columns, List<String> leftOut) {
        return columns.stream()
                .map(Column::name)
                .filter(name -> !leftOut.contains(name))
                .toList();
    }

    private static List<Column> partner(Column column, List<Column> others) {
        return others.stream()
                .filter(other -> other.name().equals(column.name()))
                .toList();
    }

    private static ColumnPair keyPair(String name, DescribedDataset a, DescribedDataset b) {
        Column columnA = keyColumn(name, a, "A");
        Column columnB = keyColumn(name, b, "B");
        if (!columnA.type().comparableWith(columnB.type())) {
            throw new DiffFailedException(
                    ErrorType.TYPE_MISMATCH,
                    "The key column " + name + " is of family "
                            + columnA.type().familyName() + " on side A and of family "
                            + columnB.type().familyName()
                            + " on side B; take another key, or cast it in a query.");
        }
        return new ColumnPair(columnA, columnB);
    }

    private static Column keyColumn(String name, DescribedDataset dataset, String side) {
        return dataset.column(name)
                .orElseThrow(() -> new DiffFailedException(
                        ErrorType.NO_SUCH_COLUMN,
                        "The key column " + name + " is missing on side " + side + similar(name, dataset) + "."));
    }

    private static String similar(String name, DescribedDataset dataset) {
        return dataset.columns().stream()
                .map(Column::name)
                .filter(name::equalsIgnoreCase)
                .findFirst()
                .map(found -> "; there is " + found + ", and case matters")
                .orElse("");
    }

    private static void requireSomewhere(String name, DescribedDataset a, DescribedDataset b) {
        if (a.column(name).isEmpty() && b.column(name).isEmpty()) {
            throw new DiffFailedException(
                    ErrorType.NO_SUCH_COLUMN,
                    "The column " + name + " to include or exclude is on neither side" + similar(name, a) + ".");
        }
    }
}
