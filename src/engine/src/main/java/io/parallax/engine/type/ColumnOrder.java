package io.parallax.engine.type;

import java.util.Arrays;
import java.util.List;

/** How far apart two orders of the same columns are. */
final class ColumnOrder {
    private ColumnOrder() {}

    /** The fewest names to be moved to turn one order into the other; both hold the same names, once each. */
    static int moves(List<String> one, List<String> other) {
        int[] positions = one.stream().mapToInt(other::indexOf).toArray();
        return positions.length - longestIncreasing(positions);
    }

    private static int longestIncreasing(int[] numbers) {
        int[] smallestEnd = new int[numbers.length];
        int length = 0;
        for (int number : numbers) {
            int found = Arrays.binarySearch(smallestEnd, 0, length, number);
            int place = found < 0 ? -found - 1 : found;
            smallestEnd[place] = number;
            length = Math.max(length, place + 1);
        }
        return length;
    }
}
