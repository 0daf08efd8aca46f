package io.parallax.outcome.repair;

import io.parallax.contract.message.Target;
import io.parallax.contract.message.Targets;
import io.parallax.contract.tally.DifferingRow.Kind;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Which side becomes like the other. */
public enum Direction {
    /** B becomes like A. */
    TO_B("1to2", "a", "b", Kind.EXCLUSIVE1, Kind.EXCLUSIVE2),
    /** A becomes like B. */
    TO_A("2to1", "b", "a", Kind.EXCLUSIVE2, Kind.EXCLUSIVE1);

    private final String word;
    private final String origin;
    private final String repaired;
    private final Kind missing;
    private final Kind surplus;

    Direction(String word, String origin, String repaired, Kind missing, Kind surplus) {
        this.word = word;
        this.origin = origin;
        this.repaired = repaired;
        this.missing = missing;
        this.surplus = surplus;
    }

    public static Optional<Direction> of(String word) {
        return Arrays.stream(values()).filter(one -> one.word.equals(word)).findFirst();
    }

    public static List<String> words() {
        return Arrays.stream(values()).map(one -> one.word).toList();
    }

    public String word() {
        return word;
    }

    /** The name, in differing rows, of the side whose values are right. */
    public String origin() {
        return origin;
    }

    /** The name, in differing rows, of the target's side. */
    public String repaired() {
        return repaired;
    }

    /** The rows that the target lacks. */
    public Kind missing() {
        return missing;
    }

    /** The rows that only the target has. */
    public Kind surplus() {
        return surplus;
    }

    public @Nullable Target target(Targets targets) {
        return this == TO_B ? targets.b() : targets.a();
    }
}
