package io.parallax.oracle;

import io.parallax.oracle.Figures.Layout;
import io.parallax.oracle.Figures.Pair;
import java.util.List;
import java.util.stream.IntStream;

/** Compares the columns of both sides. */
final class Layouts {
    private Layouts() {}

    static Layout of(List<Column> a, List<Column> b, List<String> key) {
        List<String> onlyA = missingFrom(b, a);
        List<String> onlyB = missingFrom(a, b);
        List<String> shared = names(a).stream().filter(names(b)::contains).toList();
        List<String> sharedAsInB = names(b).stream().filter(names(a)::contains).toList();
        List<String> typeDiffers =
                shared.stream().filter(name -> !comparable(name, a, b)).toList();
        return new Layout(
                new Pair(a.size(), b.size()),
                new Pair(onlyA.size() + typeDiffers.size(), onlyB.size() + typeDiffers.size()),
                shared.stream()
                        .filter(name -> !key.contains(name) && comparable(name, a, b))
                        .toList(),
                typeDiffers,
                reorders(shared, sharedAsInB),
                onlyA,
                onlyB);
    }

    static int indexOf(String name, List<Column> columns) {
        return names(columns).indexOf(name);
    }

    private static boolean comparable(String name, List<Column> a, List<Column> b) {
        return a.get(indexOf(name, a))
                .type()
                .comparableWith(b.get(indexOf(name, b)).type());
    }

    private static List<String> names(List<Column> columns) {
        return columns.stream().map(Column::name).toList();
    }

    private static List<String> missingFrom(List<Column> side, List<Column> other) {
        return names(other).stream().filter(name -> !names(side).contains(name)).toList();
    }

    /** Tries every set of columns to leave in place. */
    private static int reorders(List<String> a, List<String> b) {
        return IntStream.range(0, 1 << a.size())
                .filter(kept -> kept(a, kept)
                        .equals(b.stream().filter(kept(a, kept)::contains).toList()))
                .map(kept -> a.size() - Integer.bitCount(kept))
                .min()
                .orElseThrow();
    }

    private static List<String> kept(List<String> names, int bits) {
        return IntStream.range(0, names.size())
                .filter(i -> (bits >> i & 1) == 1)
                .mapToObj(names::get)
                .toList();
    }
}
