package io.parallax.api.ledger.issue;

import io.parallax.contract.message.TaskAddress;
import java.util.Set;

/** A pending task that its diff's window has room for. */
record Candidate(TaskAddress address, Connections connections) {
    Set<Long> sources() {
        return connections.sources();
    }

    /** How many connections to this source the task takes. */
    int connectionsTo(long source) {
        return connections.to(source);
    }
}
