package io.parallax.contract.tally;

import org.jspecify.annotations.Nullable;

/**
 * When one side was read, by the clock of its database. Readings add up, in any order.
 *
 * @param snapshot names the one snapshot that all of it was read in; null when there were several
 * @param from microseconds since 1970 when the first transaction began, and with it its snapshot
 * @param to microseconds since 1970 when the last row had been read
 */
public record Reading(@Nullable String snapshot, long from, long to) {
    public Reading plus(Reading other) {
        return new Reading(
                snapshot != null && snapshot.equals(other.snapshot) ? snapshot : null,
                Math.min(from, other.from),
                Math.max(to, other.to));
    }
}
