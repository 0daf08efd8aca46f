package io.parallax.engine.compare.tally;

import io.parallax.contract.tally.Timeline;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Fingerprints of buckets, put together from those of each time in them. */
public final class TimedFingerprints {
    /** Of buckets and times; more would not fit into memory beside other tasks. */
    private static final int MOST_GROUPS = 500_000;

    private final Set<Long> starts = new HashSet<>();
    private int groups;
    private final Map<Long, Fingerprint> whole = new HashMap<>();
    private final Map<Long, List<Timed>> times = new HashMap<>();

    private record Timed(@Nullable Long time, long compared) {}

    /** Per bucket and time: what a {@link Fingerprint} is read from, the time, rows whose key occurs once. */
    boolean add(ResultSet row) throws SQLException {
        Fingerprint part = Fingerprint.read(row);
        long seconds = row.getLong(6);
        Timed timed = new Timed(row.wasNull() ? null : seconds, row.getLong(7));
        starts.add(seconds);
        if (++groups > MOST_GROUPS || starts.size() > Timeline.MOST_BUCKETS) {
            throw TimedCounts.tooMany();
        }
        whole.merge(part.bucket(), part, Fingerprint::plus);
        times.computeIfAbsent(part.bucket(), bucket -> new ArrayList<>()).add(timed);
        return true;
    }

    List<Fingerprint> fingerprints() {
        return List.copyOf(whole.values());
    }

    /** Counts the rows of a bucket that is the same on both sides. */
    void count(long bucket, TimedCounts counts) {
        times.getOrDefault(bucket, List.of()).forEach(timed -> counts.compared(timed.time, timed.compared));
    }
}
