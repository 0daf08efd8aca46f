package io.parallax.engine.type;

import io.parallax.contract.DiffFailedException;
import io.parallax.contract.DiffSpec;
import io.parallax.contract.EqualityRules;
import io.parallax.contract.ErrorType;
import io.parallax.contract.message.SchemaComparison;
import io.parallax.contract.tally.Sides;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Which columns are compared with which.
 *
 * @param key the key's columns in the order asked for
 * @param compared the other comparable columns that belong together, in A's order
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
        requireMapped(a, b, spec);
        List<ColumnPair> key = spec.key().stream()
                .distinct()
                .map(name -> keyPair(name, a, b, spec))
                .toList();
        Stream.concat(spec.include().stream(), spec.exclude().stream()).forEach(name -> requireSomewhere(name, a, b));
        return new Matching(new Partners(a, b, spec), spec).match(a, b, key);
    }

    /** All columns of both sides that can be compared with each other, wanted or not, in A's order. */
    public static List<ColumnPair> pairs(DescribedDataset a, DescribedDataset b, DiffSpec spec) {
        requireMapped(a, b, spec);
        Matching matching = new Matching(new Partners(a, b, spec), spec);
        return a.columns().stream()
                .flatMap(column -> matching.comparable(column).stream())
                .toList();
    }

    /** The columns of both sides that are looked at, and how they go together. */
    private record Matching(Partners partners, DiffSpec spec) {
        SchemaMatch match(DescribedDataset a, DescribedDataset b, List<ColumnPair> key) {
            List<Column> ofA = wanted(a, partners::ofA, spec.key());
            List<Column> ofB = wanted(
                    b, partners::ofB, spec.key().stream().map(spec::nameOnB).toList());
            List<ColumnPair> compared = ofA.stream()
                    .filter(column -> !spec.key().contains(column.name()))
                    .flatMap(column -> comparable(column).stream())
                    .map(this::ordered)
                    .toList();
            requireSorted(compared);
            return new SchemaMatch(key, compared, comparison(ofA, ofB));
        }

        private void requireSorted(List<ColumnPair> compared) {
            EqualityRules rules = spec.rules();
            List<String> names = rules == null ? null : rules.sortedArrays();
            if (names != null) {
                names.stream()
                        .filter(name ->
                                compared.stream().noneMatch(pair -> pair.name().equals(name)))
                        .findFirst()
                        .ifPresent(name -> {
                            throw new DiffFailedException(
                                    ErrorType.NO_SUCH_COLUMN,
                                    "The column " + name + " of sort_array_columns is not compared; name columns of"
                                            + " side A that are, other than the key.");
                        });
            }
        }

        /** As the client would have arrays ordered. */
        private ColumnPair ordered(ColumnPair pair) {
            EqualityRules rules = spec.rules();
            List<String> names = rules == null ? null : rules.sortedArrays();
            boolean isNamed = names != null && names.contains(pair.name());
            if (isNamed && !pair.a().type().isSortable()) {
                throw new DiffFailedException(
                        ErrorType.TYPE_MISMATCH,
                        "The column " + pair.name() + " of sort_array_columns is of family "
                                + pair.a().type().familyName() + "; only arrays of simple elements can be sorted.");
            }
            boolean isWanted = isNamed || (names != null && names.isEmpty());
            return isWanted && pair.a().type().isSortable() ? pair.inAnyOrder() : pair;
        }

        private List<Column> wanted(
                DescribedDataset dataset, Function<Column, Optional<Column>> partner, List<String> key) {
            return dataset.columns().stream()
                    .filter(column -> key.contains(column.name())
                            || isWanted(column.name(), partner.apply(column).map(Column::name)))
                    .toList();
        }

        /** Either name of a pair will do. */
        private boolean isWanted(String name, Optional<String> partner) {
            List<String> listed = spec.include().isEmpty() ? spec.exclude() : spec.include();
            boolean isListed =
                    listed.contains(name) || partner.filter(listed::contains).isPresent();
            return spec.include().isEmpty() != isListed;
        }

        private Optional<ColumnPair> comparable(Column a) {
            return partners.ofA(a)
                    .filter(partner -> a.type().comparableWith(partner.type()))
                    .map(partner -> new ColumnPair(a, partner));
        }

        private SchemaComparison comparison(List<Column> a, List<Column> b) {
            List<Column> sharedA = a.stream()
                    .filter(column -> partners.ofA(column).isPresent())
                    .toList();
            List<Column> sharedB = b.stream()
                    .filter(column -> partners.ofB(column).isPresent())
                    .toList();
            List<String> typeDiffers = sharedA.stream()
                    .filter(column -> comparable(column).isEmpty())
                    .map(Column::name)
                    .toList();
            List<String> onlyA = names(a.stream().filter(column -> !sharedA.contains(column)));
            List<String> onlyB = names(b.stream().filter(column -> !sharedB.contains(column)));
            return new SchemaComparison(
                    Sides.of(a.size(), b.size()),
                    Sides.of(onlyA.size() + typeDiffers.size(), onlyB.size() + typeDiffers.size()),
                    typeDiffers,
                    ColumnOrder.moves(
                            names(sharedA.stream()),
                            names(sharedB.stream().flatMap(column -> partners.ofB(column).stream()))),
                    onlyA,
                    onlyB);
        }

        private static List<String> names(Stream<Column> columns) {
            return columns.map(Column::name).toList();
        }
    }

    private static void requireMapped(DescribedDataset a, DescribedDataset b, DiffSpec spec) {
        Map<String, String> mapping = spec.mapping() == null ? Map.of() : spec.mapping();
        new TreeMap<>(mapping).forEach((nameA, nameB) -> {
            requireMapped(nameA, a, "A");
            requireMapped(nameB, b, "B");
        });
    }

    private static void requireMapped(String name, DescribedDataset dataset, String side) {
        if (dataset.column(name).isEmpty()) {
            throw new DiffFailedException(
                    ErrorType.NO_SUCH_COLUMN,
                    "The column " + name + " of column_mapping is missing on side " + side + similar(name, dataset)
                            + ".");
        }
    }

    private static ColumnPair keyPair(String name, DescribedDataset a, DescribedDataset b, DiffSpec spec) {
        Column columnA = keyColumn(name, a, "A");
        Column columnB = keyColumn(spec.nameOnB(name), b, "B");
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
