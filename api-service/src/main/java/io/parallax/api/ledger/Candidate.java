package io.parallax.api.ledger;

import io.parallax.contract.message.TaskAddress;
import java.util.Set;

/**
 * A pending task that its diff's window has room for.
 *
 * @param a the source of dataset A
 * @param b the source of dataset B; may be the same
 */
record Candidate(TaskAddress address, long a, long b) {
    Set<Long> sources() {
        return a == b ? Set.of(a) : Set.of(a, b);
    }

    /** How many connections to this source the task takes: one for each side. */
    int connectionsTo(long source) {
        return (a == source ? 1 : 0) + (b == source ? 1 : 0);
    }
}
