package io.parallax.contract;

import java.util.List;

/**
 * What to compare.
 *
 * @param key one or more column names, present on both sides
 * @param include compared columns besides the key; empty means all
 * @param exclude columns left out; include wins over exclude
 */
public record DiffSpec(Dataset a, Dataset b, List<String> key, List<String> include, List<String> exclude) {
    public DiffSpec {
        key = List.copyOf(key);
        include = List.copyOf(include);
        exclude = List.copyOf(exclude);
        if (key.isEmpty()) {
            throw new IllegalArgumentException("a diff needs a key");
        }
    }
}
