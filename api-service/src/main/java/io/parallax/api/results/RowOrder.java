package io.parallax.api.results;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** In which order rows are shown. */
enum RowOrder {
    /** By kind, then by a hash of the key: rows next to each other come from all over the table. */
    HASH,
    /** By the key, whatever the kind. */
    KEY;

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<RowOrder> of(String word) {
        return Arrays.stream(values())
                .filter(order -> order.word().equals(word))
                .findFirst();
    }
}
