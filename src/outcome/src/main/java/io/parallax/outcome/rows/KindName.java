package io.parallax.outcome.rows;

import io.parallax.contract.tally.DifferingRow.Kind;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The kinds of differing rows as store and clients know them. */
public final class KindName {
    private KindName() {}

    public static String of(Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Kind> kind(String word) {
        return Arrays.stream(Kind.values())
                .filter(kind -> of(kind).equals(word))
                .findFirst();
    }
}
