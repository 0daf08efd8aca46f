package io.parallax.api.ledger.issue;

import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which connections a task takes at most: one for each side, one to write with, and one more to each source, which looks
 * whether somebody waits for the others. {@code connections_of} in the store says the same.
 *
 * @param a the source of dataset A
 * @param b the source of dataset B; may be the same
 * @param destination where rows that differ are written to; null for nowhere
 * @param copiesA whether A's dataset is copied first, one connection reading and one writing
 * @param copiesB the same of B's
 */
public record Connections(long a, long b, @Nullable Long destination, boolean copiesA, boolean copiesB) {
    /** Every source that it takes any of. */
    public Set<Long> sources() {
        return Stream.of(a, b, destination).filter(Objects::nonNull).collect(Collectors.toSet());
    }

    /** Those to one source. */
    public int to(long source) {
        int used = (a == source ? 1 : 0) + (b == source ? 1 : 0) + (Objects.equals(destination, source) ? 1 : 0);
        boolean copies = copiesA && a == source || copiesB && b == source;
        int most = copies ? Math.max(2, used) : used;
        return most == 0 ? 0 : most + 1;
    }
}
