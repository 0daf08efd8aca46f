package io.parallax.api.ledger.issue;

import io.parallax.contract.message.TaskAddress;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.function.ToIntFunction;

/** Tasks as the parallel arrays that one statement takes. */
public final class TaskArrays {
    private TaskArrays() {}

    /** $1 to $4. */
    public static Tuple of(List<TaskAddress> tasks) {
        return Tuple.of(
                tasks.stream().map(TaskAddress::diff).toArray(Long[]::new),
                ints(tasks, TaskAddress::plan),
                ints(tasks, TaskAddress::stage),
                ints(tasks, TaskAddress::task));
    }

    /** $1 to $5. */
    public static Tuple issued(List<IssuedTask> assignments) {
        return of(assignments.stream().map(IssuedTask::address).toList())
                .addArrayOfOffsetDateTime(
                        assignments.stream().map(IssuedTask::issuedAt).toArray(OffsetDateTime[]::new));
    }

    public static <T> Integer[] ints(List<T> all, ToIntFunction<T> part) {
        return all.stream().map(part::applyAsInt).toArray(Integer[]::new);
    }
}
