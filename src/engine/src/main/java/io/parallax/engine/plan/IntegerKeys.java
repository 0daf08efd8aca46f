package io.parallax.engine.plan;

import java.util.Arrays;
import java.util.List;

/** Sampled keys that are single integers, in order. */
final class IntegerKeys {
    private static final int PARTS = 16;
    private static final int ENOUGH = 16;

    private final long[] keys;

    IntegerKeys(List<WeighedKey> ordered) {
        this.keys = ordered.stream()
                .mapToLong(key -> Long.parseLong(key.key().get(0)))
                .toArray();
    }

    long least() {
        return keys[0];
    }

    long greatest() {
        return keys[keys.length - 1];
    }

    /** Whether equal steps from low to high would have about equal rows; no if half of them lie in one part of many. */
    boolean areEvenBetween(long low, long high) {
        long[] within =
                Arrays.stream(keys).filter(key -> key >= low && key <= high).toArray();
        if (within.length < ENOUGH) {
            return true;
        }
        long[] inPart = new long[PARTS];
        double width = ((double) high - low) / PARTS;
        for (long key : within) {
            inPart[(int) Math.min(PARTS - 1, ((double) key - low) / width)]++;
        }
        return Arrays.stream(inPart).max().orElse(0) <= within.length / 2;
    }

    /** How many keys are less. */
    private int before(long bound) {
        int place = Arrays.binarySearch(keys, bound);
        while (place > 0 && keys[place - 1] == bound) {
            place--;
        }
        return place < 0 ? -place - 1 : place;
    }
}
