package io.parallax.api.store;

import io.parallax.outcome.DiffStatus;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which diffs are not over, in the words that an index of the store has. */
public final class LiveDiffs {
    /** A condition on a row of diffs, whose columns follow the alias that stands before it. */
    public static final String LIVE = "status in (" + words(UnaryOperator.identity()) + ")";

    /** Their statuses, as rows. */
    public static final String ROWS = words(word -> "(" + word + ")");

    private LiveDiffs() {}

    private static String words(UnaryOperator<String> writing) {
        return Stream.of(DiffStatus.values())
                .filter(status -> !status.isOver())
                .map(status -> writing.apply("'" + status.word() + "'"))
                .collect(Collectors.joining(", "));
    }
}
