package io.parallax.contract;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What to compare.
 *
 * @param key one or more column names, present on both sides
 * @param include compared columns besides the key; empty means all
 * @param exclude columns left out; include wins over exclude
 * @param snapshot true when each side must be read in one snapshot; null means no
 */
public record DiffSpec(
        Dataset a,
        Dataset b,
        List<String> key,
        List<String> include,
        List<String> exclude,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Boolean snapshot) {
    public DiffSpec {
        key = List.copyOf(key);
        include = List.copyOf(include);
        exclude = List.copyOf(exclude);
        if (key.isEmpty()) {
            throw new IllegalArgumentException("a diff needs a key");
        }
    }

    /** Each task may see the sides as they are when it runs. */
    public DiffSpec(Dataset a, Dataset b, List<String> key, List<String> include, List<String> exclude) {
        this(a, b, key, include, exclude, null);
    }
}
