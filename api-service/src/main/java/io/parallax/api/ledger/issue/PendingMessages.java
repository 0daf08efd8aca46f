package io.parallax.api.ledger.issue;

import io.parallax.api.ledger.LockedDiff;
import io.parallax.contract.message.Control;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a change of the ledger asks for, to be carried out once it is committed. */
public record PendingMessages(List<IssuedTask> assignments, List<Stop> stops) {
    public static final PendingMessages NONE = new PendingMessages(List.of(), List.of());

    public PendingMessages {
        assignments = List.copyOf(assignments);
        stops = List.copyOf(stops);
    }

    public static PendingMessages issue(List<IssuedTask> assignments) {
        return new PendingMessages(assignments, List.of());
    }

    public static PendingMessages stop(long diff, Control message) {
        return new PendingMessages(List.of(), List.of(new Stop(diff, message)));
    }

    /** Tells the workers that the plan in force of this diff is over. */
    public static PendingMessages stopped(LockedDiff diff) {
        return stop(diff.id(), new Control.StopDiff(diff.id(), diff.plan()));
    }

    public PendingMessages and(PendingMessages more) {
        return new PendingMessages(
                Stream.concat(assignments.stream(), more.assignments.stream()).toList(),
                Stream.concat(stops.stream(), more.stops.stream()).toList());
    }

    /** Has the first task go where one has just been done, so that work follows those who are free. */
    public PendingMessages firstTo(@Nullable Integer partition) {
        if (partition == null
                || assignments.isEmpty()
                || assignments.get(0).address().makesTasks()) {
            return this;
        }
        List<IssuedTask> directed = new ArrayList<>(assignments);
        directed.set(0, directed.get(0).to(partition));
        return new PendingMessages(directed, stops);
    }

    /** Tells the workers to stop something of a diff. */
    public record Stop(long diff, Control message) {}
}
