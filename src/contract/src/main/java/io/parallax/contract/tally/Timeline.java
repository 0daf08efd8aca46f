package io.parallax.contract.tally;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What of a tally belongs to which time; adds up in any order.
 *
 * @param buckets in the order of their time, the one without a time last
 */
public record Timeline(List<Bucket> buckets) {
    /** More would be too much for a message. */
    public static final int MOST_BUCKETS = 5000;

    /** What to tell a client whose rows are of too many times. */
    public static final String TOO_MANY_BUCKETS = "The timeline has more than " + MOST_BUCKETS
            + " buckets; take a longer time_aggregate, or clip with time_interval_start and time_interval_end.";

    /** Columns with a differing value, over all buckets, that an answer has room for. */
    public static final int MOST_FIGURES = 500_000;

    /** What to tell a client in whose rows that many columns differ at that many times. */
    public static final String TOO_MANY_FIGURES = "The timeline has more than " + MOST_FIGURES
            + " figures, of columns that differ in a bucket; take a longer time_aggregate, or fewer columns.";

    private static final Comparator<Bucket> ORDER =
            Comparator.comparing(Bucket::start, Comparator.nullsLast(Comparator.naturalOrder()));

    public Timeline {
        buckets = List.copyOf(buckets);
    }

    /**
     * One bucket of time.
     *
     * @param start in seconds since 1970, UTC; null for rows without a finite time
     * @param compared rows of side A that were compared
     * @param exclusiveA keys that only A has
     * @param exclusiveB keys that only B has
     * @param differences differing values of each compared column; empty where there are none
     */
    public record Bucket(
            @Nullable Long start, long compared, long exclusiveA, long exclusiveB, List<Long> differences) {
        public Bucket {
            differences = List.copyOf(differences);
        }

        private Bucket plus(Bucket other) {
            return new Bucket(
                    start,
                    compared + other.compared,
                    exclusiveA + other.exclusiveA,
                    exclusiveB + other.exclusiveB,
                    sum(differences, other.differences));
        }

        private static List<Long> sum(List<Long> one, List<Long> other) {
            if (one.isEmpty() || other.isEmpty()) {
                return one.isEmpty() ? other : one;
            }
            return IntStream.range(0, one.size())
                    .mapToObj(i -> one.get(i) + other.get(i))
                    .toList();
        }
    }

    /** Of both, where either may be missing. */
    public static @Nullable Timeline sum(@Nullable Timeline one, @Nullable Timeline other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return sum(List.of(one, other));
    }

    /** Of all of them. */
    public static Timeline sum(List<Timeline> timelines) {
        Map<Long, Bucket> timed = new TreeMap<>();
        Bucket untimed = null;
        for (Timeline timeline : timelines) {
            for (Bucket bucket : timeline.buckets) {
                if (bucket.start() == null) {
                    untimed = untimed == null ? bucket : untimed.plus(bucket);
                } else {
                    timed.merge(bucket.start(), bucket, Bucket::plus);
                }
            }
        }
        return new Timeline(Stream.concat(timed.values().stream(), Stream.ofNullable(untimed))
                .toList());
    }

    /** Why it is more than there is room for; null when it is not. */
    public @Nullable String excess() {
        if (buckets.size() > MOST_BUCKETS) {
            return TOO_MANY_BUCKETS;
        }
        long figures = buckets.stream()
                .mapToLong(bucket ->
                        bucket.differences().stream().filter(count -> count > 0).count())
                .sum();
        return figures > MOST_FIGURES ? TOO_MANY_FIGURES : null;
    }

    /** Of these buckets in any order, each with a time of its own. */
    public static Timeline of(Stream<Bucket> buckets) {
        return new Timeline(buckets.sorted(ORDER).toList());
    }
}
