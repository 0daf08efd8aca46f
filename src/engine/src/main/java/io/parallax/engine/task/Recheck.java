package io.parallax.engine.task;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * Keys that differed, to be read again on both sides as they are by then. Written by the API service, which keeps such
 * keys; all other bodies are a planner's.
 */
public record Recheck(List<Key> keys) implements TaskBody {
    public Recheck {
        keys = List.copyOf(keys);
    }

    /**
     * One key.
     *
     * @param id its number; the result names it by that
     * @param key as it was shown in a {@link io.parallax.contract.tally.DifferingRow}
     */
    public record Key(long id, ObjectNode key) {}
}
