package io.parallax.engine.compare.tally;

import io.parallax.contract.DiffFailedException;
import io.parallax.contract.ErrorType;
import io.parallax.contract.tally.Timeline;
import io.parallax.engine.task.Side;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A timeline in the making. */
public final class TimedCounts {
    private final int columns;
    private final Map<@Nullable Long, Bucket> buckets = new HashMap<>();

    public TimedCounts(int columns) {
        this.columns = columns;
    }

    private static final class Bucket {
        private long compared;
        private final long[] exclusives = new long[2];
        private long @Nullable [] differences;
    }

    /**
     * Rows of A that were compared.
     *
     * @param time when the bucket starts; null for none
     * @throws DiffFailedException when there are too many different times
     */
    public void compared(@Nullable Long time, long rows) {
        bucket(time).compared += rows;
    }

    /** A row of A that was compared; {@code true} for each column that differs. */
    public void differing(@Nullable Long time, boolean[] differs) {
        Bucket bucket = bucket(time);
        bucket.compared++;
        long[] differences = bucket.differences == null ? new long[columns] : bucket.differences;
        for (int column = 0; column < columns; column++) {
            differences[column] += differs[column] ? 1 : 0;
        }
        bucket.differences = differences;
    }

    public void exclusive(Side side, @Nullable Long time) {
        bucket(time).exclusives[side.ordinal()]++;
    }

    private Bucket bucket(@Nullable Long time) {
        Bucket bucket = buckets.computeIfAbsent(time, start -> new Bucket());
        if (buckets.size() > Timeline.MOST_BUCKETS) {
            throw tooMany();
        }
        return bucket;
    }

    /** What to tell a client whose rows are of too many times. */
    static DiffFailedException tooMany() {
        return new DiffFailedException(ErrorType.UNSUPPORTED, Timeline.TOO_MANY_BUCKETS);
    }

    public Timeline timeline() {
        return Timeline.of(buckets.entrySet().stream().map(entry -> bucket(entry.getKey(), entry.getValue())));
    }

    private static Timeline.Bucket bucket(@Nullable Long start, Bucket counts) {
        long[] differences = counts.differences;
        return new Timeline.Bucket(
                start,
                counts.compared,
                counts.exclusives[0],
                counts.exclusives[1],
                differences == null
                        ? List.of()
                        : Arrays.stream(differences).boxed().toList());
    }
}
