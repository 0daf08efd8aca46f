package io.parallax.engine.compare.rows;

import io.parallax.engine.row.Row;
import io.parallax.engine.type.WireForm;
import java.util.TreeMap;

/** Of the integer keys that it is told of, those of the lowest ranks: as many as rows of one kind are kept. */
public final class KeyChoice {
    private final WireForm form;
    private final TreeMap<Long, Long> keys = new TreeMap<>();

    /** {@code form}: in which rows send them, as ranks depend on it. */
    public KeyChoice(WireForm form) {
        this.form = form;
    }

    public void offer(long key) {
        long rank = Row.rank(form, key);
        if (keys.size() == SampleRows.MOST && rank >= keys.lastKey()) {
            return;
        }
        keys.put(rank, key);
        if (keys.size() > SampleRows.MOST) {
            keys.pollLastEntry();
        }
    }

    /** The chosen ones, each once. */
    public long[] keys() {
        return keys.values().stream().mapToLong(Long::longValue).toArray();
    }
}
