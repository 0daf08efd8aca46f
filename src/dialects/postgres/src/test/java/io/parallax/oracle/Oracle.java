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
public final class Oracle {
    private static final String UNRELATED = "\u0000";

    private final Side a;
    private final Side b;
    private final Layout layout;
    private final List<Reading> readings;
    private final Wishes wishes;

    private Oracle(Side a, Side b, Layout layout, List<Reading> readings, Wishes wishes) {
        this.a = a;
        this.b = b;
        this.layout = layout;
        this.readings = readings;
        this.wishes = wishes;
    }

    /**
     * The figures.
     *
     * @param include compared columns besides the key; empty means all
     * @param exclude columns left out unless {@code include} says otherwise
     */
    public static Figures compare(
            Relation a, Relation asInB, List<String> key, List<String> include, List<String> exclude, Wishes wishes) {
        Relation b = asInA(asInB, wishes);
        Layout layout = Layouts.of(
                chosen(a, key, asInA(include, a, wishes), asInA(exclude, a, wishes)),
                chosen(b, key, asInA(include, a, wishes), asInA(exclude, a, wishes)),
                key);
        Side sideA = Side.of(a, b, key, layout.compared(), wishes.times());
        Side sideB = Side.of(b, a, key, layout.compared(), wishes.times());
        List<Reading> readings =
                layout.compared().stream().map(name -> Reading.of(name, a, b)).toList();
        return new Oracle(sideA, sideB, asInB(layout), readings, wishes).figures();
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
    public static boolean keyComparable(Relation a, Relation asInB, List<String> key, Wishes wishes) {
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
        TimedFigures.Draft timeline = new TimedFigures.Draft();
        for (Map.Entry<List<Object>, List<Row>> entry : a.rowsByKey.entrySet()) {
            List<Row> partners = b.rowsByKey.getOrDefault(entry.getKey(), List.of());
            if (entry.getValue().size() == 1 && partners.size() == 1) {
                Row row = entry.getValue().get(0);
                Set<String> differing = differing(row.values, partners.get(0).values);
                comparedRows++;
                rowsWithDifferences += differing.isEmpty() ? 0 : 1;
                differing.forEach(column -> differences.merge(column, 1L, Long::sum));
                timeline.compared(row.time, differing);
            } else if (wishes.multisets()) {
                comparedRows += Math.min(entry.getValue().size(), partners.size());
                rowsWithDifferences += unequal(entry.getValue(), partners, differences);
            }
        }
        return new Figures(
                new Pair(a.rows, b.rows),
                new Pair(a.nulls, b.nulls),
                new Pair(a.dupes(), b.dupes()),
                new Pair(a.rowsByKey.size(), b.rowsByKey.size()),
                new Pair(a.keysMissingFrom(b).size(), b.keysMissingFrom(a).size()),
                comparedRows,
                rowsWithDifferences,
                differences,
                layout,
                wishes.times() == null ? null : timed(timeline));
    }

    private TimedFigures timed(TimedFigures.Draft timeline) {
        a.keysMissingFrom(b).forEach(rows -> timeline.exclusiveA(times(rows)));
        b.keysMissingFrom(a).forEach(rows -> timeline.exclusiveB(times(rows)));
        return timeline.timeline();
    }

    private static List<@Nullable Long> times(List<Row> rows) {
        List<@Nullable Long> times = new ArrayList<>();
        rows.forEach(row -> times.add(row.time));
        return times;
    }

    /** How many rows of the smaller side have no equal one on the other; these differ in any column. */
    private static long unequal(List<Row> ofA, List<Row> ofB, Map<String, Long> differences) {
        List<Row> left = new ArrayList<>(ofB);
        long equal = ofA.stream().filter(left::remove).count();
        long unequal = Math.min(ofA.size(), ofB.size()) - equal;
        differences.keySet().stream().findFirst().ifPresent(column -> differences.merge(column, unequal, Long::sum));
        return unequal;
    }

    private Set<String> differing(List<@Nullable Object> valuesA, List<@Nullable Object> valuesB) {
        Set<String> differing = new HashSet<>();
        for (int i = 0; i < layout.compared().size(); i++) {
            Reading reading = readings.get(i);
            String column = layout.compared().get(i);
            if (!wishes.forgiveness(column).same(valuesA.get(i), valuesB.get(i), reading.own(), reading.partner())) {
                differing.add(column);
            }
        }
        return differing;
    }

    /** The compared values of a row, and when its bucket of time starts; null for no time. */
    private record Row(List<@Nullable Object> values, @Nullable Long time) {}

    /** One side's rows, grouped by key. */
    private static final class Side {
        private long rows;
        private long nulls;
        private final Map<List<Object>, List<Row>> rowsByKey = new HashMap<>();

        static Side of(
                Relation own, Relation other, List<String> key, List<String> compared, Wishes.@Nullable Times times) {
            List<Reading> keys =
                    key.stream().map(name -> Reading.of(name, own, other)).toList();
            List<Reading> values =
                    compared.stream().map(name -> Reading.of(name, own, other)).toList();
            Side side = new Side();
            own.rows().forEach(row -> side.add(read(row, keys), new Row(read(row, values), time(row, own, times))));
            return side;
        }

        private static @Nullable Long time(List<@Nullable String> row, Relation own, Wishes.@Nullable Times times) {
            if (times == null) {
                return null;
            }
            int index = Layouts.indexOf(times.column(), own.columns());
            String text = row.get(index);
            return text == null
                    ? null
                    : times.unit().start(text, own.columns().get(index).type());
        }

        private static List<@Nullable Object> read(List<@Nullable String> row, List<Reading> readings) {
            List<@Nullable Object> values = new ArrayList<>();
            readings.forEach(reading -> values.add(reading.of(row)));
            return values;
        }

        private void add(List<@Nullable Object> key, Row row) {
            rows++;
            if (key.contains(null)) {
                nulls++;
            } else {
                rowsByKey.computeIfAbsent(key, k -> new ArrayList<>()).add(row);
            }
        }

        long dupes() {
            return rowsByKey.values().stream()
                    .filter(group -> group.size() > 1)
                    .mapToLong(List::size)
                    .sum();
        }

        /** The rows of each. */
        List<List<Row>> keysMissingFrom(Side other) {
            return rowsByKey.entrySet().stream()
                    .filter(entry -> !other.rowsByKey.containsKey(entry.getKey()))
                    .map(Map.Entry::getValue)
                    .toList();
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
