package io.parallax.engine.task;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.parallax.engine.dialect.CanonicalExpression;
import io.parallax.engine.dialect.Dialect;
import io.parallax.engine.dialect.Dialects;
import io.parallax.engine.dialect.IndexLookup;
import io.parallax.engine.row.WireColumn;
import io.parallax.engine.session.Locking;
import io.parallax.engine.type.WireForm;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One side of a diff, as every task of it needs to know.
 *
 * @param from what stands after FROM
 * @param filter what stands after WHERE, or null
 * @param key the key's canonical expressions
 * @param values the compared columns' canonical expressions
 * @param comparable the compared columns as the database's own = tells them apart; empty where it is not asked to
 * @param sentKey the key as rows are sent
 * @param sentValues the compared columns as rows are sent
 * @param nullTests one condition for each part of the key that may be NULL: that it is
 * @param range the columns that segments are cut by; empty when they are not
 * @param seeks whether an index reaches each of many short ranges for next to nothing
 * @param lookups how an index may find each part of the key; null in plans of a version that did not say
 * @param settings settings of the sessions that read it, by name; null for none
 * @param timeBucket when the bucket of time starts that a row belongs to, in seconds; null where nobody asked
 * @param jsonTexts the columns of json texts among key and values; null for none
 * @param dialect what its source speaks; null for that of plans which did not say
 */
public record SidePlan(
        String from,
        @Nullable String filter,
        List<CanonicalExpression> key,
        List<CanonicalExpression> values,
        List<String> comparable,
        List<WireColumn> sentKey,
        List<WireColumn> sentValues,
        List<String> nullTests,
        List<RangeColumn> range,
        boolean seeks,
        @Nullable List<IndexLookup> lookups,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Map<String, String> settings,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String timeBucket,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<JsonTexts> jsonTexts,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String dialect) {
    public SidePlan {
        key = List.copyOf(key);
        values = List.copyOf(values);
        comparable = List.copyOf(comparable);
        sentKey = List.copyOf(sentKey);
        sentValues = List.copyOf(sentValues);
        nullTests = List.copyOf(nullTests);
        range = List.copyOf(range);
        lookups = lookups == null ? null : List.copyOf(lookups);
        settings = settings == null ? null : Map.copyOf(settings);
        jsonTexts = jsonTexts == null ? null : List.copyOf(jsonTexts);
    }

    /** What its source speaks. */
    public Dialect spoken() {
        return Dialects.named(dialect);
    }

    /** What a session locks before it reads it. */
    public Locking locking() {
        return spoken().locking(from, filter);
    }

    /**
     * The conditions for a key to be one of these: by index where that can be, and exactly.
     *
     * @param values of each part of the key, all in the same order, as people see them
     * @param anyText whether its database takes any text, as one of encoding UTF-8 does
     */
    public Stream<String> keyIsOneOf(List<List<String>> values, boolean anyText) {
        return spoken().values().keyIsOneOf(sentKey, lookups, values, anyText);
    }

    /** What the bytes of a sent key mean. */
    public List<WireForm> keyEncodings() {
        return sentKey.stream().map(WireColumn::encoding).toList();
    }
}
