package io.parallax.engine.plan.cut;

import io.parallax.engine.task.Buckets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

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

    /** The buckets of one segment: cheap equal steps, unless its keys are too uneven for them. */
    Buckets buckets(@Nullable List<String> from, @Nullable List<String> to, long count) {
        long low = from == null ? keys[0] : Long.parseLong(from.get(0));
        long high = Math.max(low, to == null ? keys[keys.length - 1] : Long.parseLong(to.get(0)) - 1);
        return areEvenBetween(low, high) ? Buckets.bySteps(Buckets.Steps.of(low, high, count)) : Buckets.byHash(count);
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
}
