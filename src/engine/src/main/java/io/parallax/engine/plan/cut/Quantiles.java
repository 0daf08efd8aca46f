package io.parallax.engine.plan.cut;

import java.util.ArrayList;
import java.util.List;

/** Cuts ordered keys into parts of equal numbers of rows. */
final class Quantiles {
    private Quantiles() {}

    /** The first key of each part but the first; fewer than wanted where one key has the rows of several parts. */
    static List<List<String>> of(List<WeighedKey> ordered, long parts) {
        double total = ordered.stream().mapToDouble(WeighedKey::rows).sum();
        List<List<String>> cuts = new ArrayList<>();
        List<String> last = ordered.isEmpty() ? List.of() : ordered.get(0).key();
        long lastPart = 0;
        double before = 0;
        for (WeighedKey key : ordered) {
            long part = (long) (before * parts / total);
            if (part > lastPart && !key.key().equals(last)) {
                cuts.add(key.key());
                lastPart = part;
            }
            last = key.key();
            before += key.rows();
        }
        return cuts;
    }
}
