package io.parallax.api.store;

import java.util.List;
import java.util.stream.Collectors;

/** A list of texts as PostgreSQL writes arrays; for lists of lists of different lengths, which are no array. */
public final class ArrayText {
    private ArrayText() {}

    public static String of(List<String> texts) {
        return texts.stream()
                .map(text -> '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"')
                .collect(Collectors.joining(",", "{", "}"));
    }
}
