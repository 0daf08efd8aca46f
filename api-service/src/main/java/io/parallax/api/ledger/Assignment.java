package io.parallax.api.ledger;

import io.parallax.contract.message.TaskAddress;
import java.time.OffsetDateTime;
import java.util.List;

/**
 * One attempt at a task that the ledger has issued and Kafka is to carry.
 *
 * @param issuedAt tells this issue from a later one of the same task
 * @param message a {@link io.parallax.contract.message.Job} or a {@link io.parallax.contract.message.CompareTask}
 */
record Assignment(TaskAddress address, OffsetDateTime issuedAt, Object message) {
    boolean plans() {
        return address.plans();
    }

    static Long[] diffs(List<Assignment> all) {
        return all.stream().map(one -> one.address.diff()).toArray(Long[]::new);
    }
}
