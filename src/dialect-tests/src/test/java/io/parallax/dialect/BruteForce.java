package io.parallax.dialect;

import io.parallax.contract.tally.Sides;
import io.parallax.contract.tally.Tally;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** Counts what differs, one row at a time. */
final class BruteForce {
    private final Map<Integer, List<SampleRow>> a;
    private final Map<Integer, List<SampleRow>> b;

    private BruteForce(List<SampleRow> a, List<SampleRow> b) {
        this.a = byKey(a);
        this.b = byKey(b);
    }

    /** @param columns how many each row has besides its key */
    static Tally count(List<SampleRow> a, List<SampleRow> b, int columns) {
        BruteForce keys = new BruteForce(a, b);
        List<SampleRow[]> pairs = keys.pairs();
        List<Long> perColumn = new ArrayList<>(Collections.nCopies(columns, 0L));
        for (int i = 0; i < columns; i++) {
            int column = i;
            perColumn.set(i, pairs.stream().filter(pair -> differ(pair, column)).count());
        }
        return new Tally(
                Sides.of(a.size(), b.size()),
                Sides.of(withoutKey(a), withoutKey(b)),
                Sides.of(repeated(keys.a), repeated(keys.b)),
                Sides.of(keys.a.size(), keys.b.size()),
                Sides.of(missing(keys.a, keys.b), missing(keys.b, keys.a)),
                pairs.size(),
                pairs.stream()
                        .filter(pair -> !pair[0].values().equals(pair[1].values()))
                        .count(),
                perColumn);
    }

    private static boolean differ(SampleRow[] pair, int column) {
        return !Objects.equals(pair[0].values().get(column), pair[1].values().get(column));
    }

    /** Of keys that are once on either side. */
    private List<SampleRow[]> pairs() {
        return a.entrySet().stream()
                .flatMap(entry -> {
                    List<SampleRow> others = b.getOrDefault(entry.getKey(), List.of());
                    return entry.getValue().size() == 1 && others.size() == 1
                            ? Stream.<SampleRow[]>of(
                                    new SampleRow[] {entry.getValue().get(0), others.get(0)})
                            : Stream.<SampleRow[]>empty();
                })
                .toList();
    }

    private static Map<Integer, List<SampleRow>> byKey(List<SampleRow> rows) {
        Map<Integer, List<SampleRow>> byKey = new HashMap<>();
        for (SampleRow row : rows) {
            if (row.key() != null) {
                byKey.computeIfAbsent(row.key(), key -> new ArrayList<>()).add(row);
            }
        }
        return byKey;
    }

    private static long withoutKey(List<SampleRow> rows) {
        return rows.stream().filter(row -> row.key() == null).count();
    }

    private static long repeated(Map<Integer, List<SampleRow>> rows) {
        return rows.values().stream()
                .filter(same -> same.size() > 1)
                .mapToLong(List::size)
                .sum();
    }

    private static long missing(Map<Integer, List<SampleRow>> here, Map<Integer, List<SampleRow>> there) {
        return here.keySet().stream().filter(key -> !there.containsKey(key)).count();
    }
}
