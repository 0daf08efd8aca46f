package io.parallax.oracle;

import io.parallax.oracle.Figures.Layout;
import io.parallax.oracle.Figures.Pair;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Counts all figures of a diff, one row at a time. */
final class Oracle {
    private static final String UNRELATED = "\u0000";

    private final Side a;
    private final Side b;
    private final Layout layout;
    private final List<Reading> readings;
    private final Forgiveness forgiveness;
    private final boolean multisets;

    private Oracle(Side a, Side b, Layout layout, List<Reading> readings, Forgiveness forgiveness, boolean multisets) {
        this.a = a;
        this.b = b;
        this.layout = layout;
        this.readings = readings;
        this.forgiveness = forgiveness;
        this.multisets = multisets;
    }

    /**
     * The figures.
     *
     * @param include compared columns besides the key; empty means all
     * @param exclude columns left out unless {@code include} says otherwise
     */
    static Figures compare(
            Relation a, Relation asInB, List<String> key, List<String> include, List<String> exclude, Wishes wishes) {
        Relation b = asInA(asInB, wishes);
        Layout layout = Layouts.of(
                chosen(a, key, asInA(include, a, wishes), asInA(exclude, a, wishes)),
                chosen(b, key, asInA(include, a, wishes), asInA(exclude, a, wishes)),
                key);
        Side sideA = Side.of(a, b, key, layout.compared());
        Side sideB = Side.of(b, a, key, layout.compared());
        List<Reading> readings =
                layout.compared().stream().map(name -> Reading.of(name, a, b)).toList();
        return new Oracle(sideA, sideB, asInB(layout), readings, wishes.forgiveness(), wishes.multisets()).figures();
    }

    /** With no wishes besides. */
    static Figures compare(Relation a, Relation b, List<String> key, List<String> include, List<String> exclude) {
        return compare(a, b, key, include, exclude, Wishes.NONE);
    }

    /** B's columns by A's names; those without a partner that have such a name get a mark. */
    private static Relation asInA(Relation b, Wishes wishes) {
        Map<String, String> reverse = wishes.reverse();
        return new Relation(
                b.columns().stream()
                        .map(column -> new Column(
                                reverse.getOrDefault(
                                        column.name(),
                                        wishes.mapping().containsKey(column.name())
                                                ? UNRELATED + column.name()
                                                : column.name()),
                                column.type()))
                        .toList(),
                b.rows());
    }

    /** A list of columns may call each by either of its names. */
    private static List<String> asInA(List<String> names, Relation a, Wishes wishes) {
        Map<String, String> reverse = wishes.reverse();
        return names.stream()
                .flatMap(name -> Stream.of(name, reverse.getOrDefault(name, name), UNRELATED + name))
                .toList();
    }

    private static Layout asInB(Layout layout) {
        return new Layout(
                layout.columns(),
                layout.mismatched(),
                layout.compared(),
                layout.typeDiffers(),
                layout.reorders(),
                layout.onlyA(),
                layout.onlyB().stream().map(name -> name.replace(UNRELATED, "")).toList());
    }

    /** Whether the key's columns are of the same families on both sides. */
    static boolean keyComparable(Relation a, Relation asInB, List<String> key, Wishes wishes) {
        Relation b = asInA(asInB, wishes);
        return key.stream().map(name -> Reading.of(name, a, b)).allMatch(reading -> reading.own()
                .comparableWith(reading.partner()));
    }

    private static List<Column> chosen(Relation side, List<String> key, List<String> include, List<String> exclude) {
        return side.columns().stream()
                .filter(column -> key.contains(column.name())
                        || (include.isEmpty() ? !exclude.contains(column.name()) : include.contains(column.name())))
                .toList();
    }

    private Figures figures() {
        Map<String, Long> differences = new LinkedHashMap<>();
        layout.compared().forEach(column -> differences.put(column, 0L));
        long comparedRows = 0;
        long rowsWithDifferences = 0;
        for (Map.Entry<List<Object>, List<List<@Nullable Object>>> entry : a.rowsByKey.entrySet()) {
            List<List<@Nullable Object>> partners = b.rowsByKey.getOrDefault(entry.getKey(), List.of());
            if (entry.getValue().size() == 1 && partners.size() == 1) {
                comparedRows++;
                rowsWithDifferences += differs(entry.getValue().get(0), partners.get(0), differences) ? 1 : 0;
            } else if (multisets) {
                comparedRows += Math.min(entry.getValue().size(), partners.size());
                rowsWithDifferences += unequal(entry.getValue(), partners, differences);
            }
        }
        return new Figures(
                new Pair(a.rows, b.rows),
                new Pair(a.nulls, b.nulls),
                new Pair(a.dupes(), b.dupes()),
                new Pair(a.rowsByKey.size(), b.rowsByKey.size()),
                new Pair(a.keysMissingFrom(b), b.keysMissingFrom(a)),
                comparedRows,
                rowsWithDifferences,
                differences,
                layout);
    }

    /** How many rows of the smaller side have no equal one on the other; these differ in any column. */
    private long unequal(
            List<List<@Nullable Object>> ofA, List<List<@Nullable Object>> ofB, Map<String, Long> differences) {
        List<List<@Nullable Object>> left = new ArrayList<>(ofB);
        long equal = ofA.stream().filter(left::remove).count();
        long unequal = Math.min(ofA.size(), ofB.size()) - equal;
        differences.keySet().stream().findFirst().ifPresent(column -> differences.merge(column, unequal, Long::sum));
        return unequal;
    }

    private boolean differs(
            List<@Nullable Object> valuesA, List<@Nullable Object> valuesB, Map<String, Long> differences) {
        Set<String> differing = new HashSet<>();
        for (int i = 0; i < layout.compared().size(); i++) {
            Reading reading = readings.get(i);
            if (!forgiveness.same(valuesA.get(i), valuesB.get(i), reading.own(), reading.partner())) {
                differing.add(layout.compared().get(i));
            }
        }
        differing.forEach(column -> differences.merge(column, 1L, Long::sum));
        return !differing.isEmpty();
    }

    /** One side's rows, grouped by key. */
    private static final class Side {
        private long rows;
        private long nulls;
        private final Map<List<Object>, List<List<@Nullable Object>>> rowsByKey = new HashMap<>();

        static Side of(Relation own, Relation other, List<String> key, List<String> compared) {
            List<Reading> keys =
                    key.stream().map(name -> Reading.of(name, own, other)).toList();
            List<Reading> values =
                    compared.stream().map(name -> Reading.of(name, own, other)).toList();
            Side side = new Side();
            own.rows().forEach(row -> side.add(read(row, keys), read(row, values)));
            return side;
        }

        private static List<@Nullable Object> read(List<@Nullable String> row, List<Reading> readings) {
            List<@Nullable Object> values = new ArrayList<>();
            readings.forEach(reading -> values.add(reading.of(row)));
            return values;
        }

        private void add(List<@Nullable Object> key, List<@Nullable Object> values) {
            rows++;
            if (key.contains(null)) {
                nulls++;
            } else {
                rowsByKey.computeIfAbsent(key, k -> new ArrayList<>()).add(values);
            }
        }

        long dupes() {
            return rowsByKey.values().stream()
                    .filter(group -> group.size() > 1)
                    .mapToLong(List::size)
                    .sum();
        }

        long keysMissingFrom(Side other) {
            return rowsByKey.keySet().stream()
                    .filter(key -> !other.rowsByKey.containsKey(key))
                    .count();
        }
    }

    /** Where a column's values stand in its side's rows, and what they are compared with. */
    private record Reading(int index, Type own, Type partner) {
        static Reading of(String name, Relation own, Relation other) {
            int index = Layouts.indexOf(name, own.columns());
            int partner = Layouts.indexOf(name, other.columns());
            return new Reading(
                    index,
                    own.columns().get(index).type(),
                    other.columns().get(partner).type());
        }

        @Nullable
        Object of(List<@Nullable String> row) {
            String text = row.get(index);
            return text == null ? null : Canonical.of(text, own, partner);
        }
    }
}
