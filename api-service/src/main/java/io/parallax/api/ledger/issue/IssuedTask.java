package io.parallax.api.ledger.issue;

import io.parallax.contract.message.TaskAddress;
import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One attempt at a task that the ledger has issued and Kafka is to carry.
 *
 * @param issuedAt tells this issue from a later one of the same task
 * @param message a {@link io.parallax.contract.message.Job} or a {@link io.parallax.contract.message.CompareTask}
 * @param partition where a task is to go; null for anywhere
 * @param trace of the call that asked for the diff; null where nobody traced it
 */
public record IssuedTask(
        TaskAddress address,
        OffsetDateTime issuedAt,
        Object message,
        @Nullable Integer partition,
        @Nullable String trace) {
    public IssuedTask to(int number) {
        return new IssuedTask(address, issuedAt, message, number, trace);
    }

    public boolean plans() {
        return address.plans();
    }

    public static Long[] diffs(List<IssuedTask> all) {
        return all.stream().map(one -> one.address.diff()).toArray(Long[]::new);
    }
}
