package io.parallax.oracle;

import io.parallax.oracle.Figures.Pair;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * What of a diff's figures belongs to which time.
 *
 * @param buckets those with any figure, by when they start in seconds since 1970, null for no time
 * @param open keys of one side only whose rows are of several buckets, any of which may count them
 */
public record TimedFigures(Map<@Nullable Long, Bucket> buckets, Pair open) {
    /**
     * One bucket.
     *
     * @param differences differing values by column, where there are any
     */
    public record Bucket(long compared, long exclusiveA, long exclusiveB, Map<String, Long> differences) {
        public static final Bucket NONE = new Bucket(0, 0, 0, Map.of());

        private boolean comparedLike(Bucket other) {
            return compared == other.compared && differences.equals(other.differences);
        }
    }

    /** Without buckets of no figure. */
    public TimedFigures {
        Map<@Nullable Long, Bucket> counted = new HashMap<>(buckets);
        counted.values().removeIf(Bucket.NONE::equals);
        buckets = counted;
    }

    /** Whether an answer that leaves nothing open is one of those that this one allows. */
    public boolean agreesWith(TimedFigures actual) {
        Collection<@Nullable Long> starts = new HashSet<>(buckets.keySet());
        starts.addAll(actual.buckets.keySet());
        return starts.stream().allMatch(start -> {
                    Bucket expected = buckets.getOrDefault(start, Bucket.NONE);
                    Bucket found = actual.buckets.getOrDefault(start, Bucket.NONE);
                    return expected.comparedLike(found)
                            && expected.exclusiveA <= found.exclusiveA
                            && expected.exclusiveB <= found.exclusiveB;
                })
                && sum(Bucket::exclusiveA) + open.a() == actual.sum(Bucket::exclusiveA)
                && sum(Bucket::exclusiveB) + open.b() == actual.sum(Bucket::exclusiveB);
    }

    private long sum(ToLongFunction<Bucket> figure) {
        return buckets.values().stream().mapToLong(figure).sum();
    }

    /** One in the making. */
    static final class Draft {
        private final Map<@Nullable Long, long[]> counts = new HashMap<>();
        private final Map<@Nullable Long, Map<String, Long>> differences = new HashMap<>();
        private long openA;
        private long openB;

        void compared(@Nullable Long time, Collection<String> differing) {
            counts(time)[0]++;
            differing.forEach(column ->
                    differences.computeIfAbsent(time, start -> new TreeMap<>()).merge(column, 1L, Long::sum));
        }

        /** A key's rows. */
        void exclusiveA(List<@Nullable Long> times) {
            if (new HashSet<>(times).size() > 1) {
                openA++;
            } else {
                counts(times.get(0))[1]++;
            }
        }

        /** A key's rows. */
        void exclusiveB(List<@Nullable Long> times) {
            if (new HashSet<>(times).size() > 1) {
                openB++;
            } else {
                counts(times.get(0))[2]++;
            }
        }

        private long[] counts(@Nullable Long time) {
            return counts.computeIfAbsent(time, start -> new long[3]);
        }

        TimedFigures timeline() {
            Map<@Nullable Long, Bucket> buckets = new HashMap<>();
            counts.forEach((time, count) -> buckets.put(
                    time, new Bucket(count[0], count[1], count[2], differences.getOrDefault(time, Map.of()))));
            return new TimedFigures(buckets, new Pair(openA, openB));
        }
    }
}
