package io.parallax.engine.compare;

import io.parallax.engine.postgres.Canonical;
import io.parallax.engine.postgres.Encoding;
import io.parallax.engine.postgres.Sent;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One side of a diff, as every task of it needs to know.
 *
 * @param from what stands after FROM
 * @param filter what stands after WHERE, or null
 * @param key the key's canonical expressions
 * @param values the compared columns' canonical expressions
 * @param sentKey the key as rows are sent
 * @param sentValues the compared columns as rows are sent
 * @param nullTests one condition for each part of the key that may be NULL: that it is
 * @param range the columns that segments are cut by; empty when they are not
 * @param seeks whether an index reaches each of many short ranges for next to nothing
 */
public record Side(
        String from,
        @Nullable String filter,
        List<Canonical> key,
        List<Canonical> values,
        List<Sent> sentKey,
        List<Sent> sentValues,
        List<String> nullTests,
        List<RangeColumn> range,
        boolean seeks) {
    public Side {
        key = List.copyOf(key);
        values = List.copyOf(values);
        sentKey = List.copyOf(sentKey);
        sentValues = List.copyOf(sentValues);
        nullTests = List.copyOf(nullTests);
        range = List.copyOf(range);
    }

    /** What the bytes of a sent key mean. */
    List<Encoding> keyEncodings() {
        return sentKey.stream().map(Sent::encoding).toList();
    }
}
