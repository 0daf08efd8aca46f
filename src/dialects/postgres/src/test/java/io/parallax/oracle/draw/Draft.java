package io.parallax.oracle.draw;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A pair in the making: rows as literals by slot, in key order as far as they have one. The first slots are the key.
 *
 * @param keys how many slots are the key
 */
record Draft(List<Slot> slots, int keys, List<@Nullable String[]> a, List<@Nullable String[]> b) {
    static @Nullable String[] copy(@Nullable String[] row) {
        return row.clone();
    }

    static List<@Nullable String[]> copy(List<@Nullable String[]> rows) {
        List<@Nullable String[]> copy = new ArrayList<>();
        rows.forEach(row -> copy.add(row.clone()));
        return copy;
    }

    boolean sameKey(@Nullable String[] one, @Nullable String[] other) {
        return Arrays.equals(one, 0, keys, other, 0, keys);
    }

    int width() {
        return slots.size();
    }
}
