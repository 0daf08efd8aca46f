package io.parallax.api.datadiffs.read;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What was answered about diffs lately, each for one version of the diff's row: {@code xmin}, the transaction that wrote
 * it. So whoever asks again and again has nothing read and parsed anew that nobody has changed.
 */
public final class VersionedCache<T> {
    private static final int MOST = 1000;

    private record Known<T>(String version, T answer) {}

    private final Map<Long, Known<T>> known = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Known<T>> eldest) {
            return size() > MOST;
        }
    };

    /** The answer about this version of the diff of this id; null when nobody remembers it. */
    synchronized @Nullable T of(long diff, String version) {
        Known<T> last = known.get(diff);
        return last != null && last.version().equals(version) ? last.answer() : null;
    }

    /** Whether anything is remembered about it, so that it is worth while to ask which version it is. */
    synchronized boolean knows(long diff) {
        return known.containsKey(diff);
    }

    synchronized void keep(long diff, String version, T answer) {
        known.put(diff, new Known<>(version, answer));
    }
}
