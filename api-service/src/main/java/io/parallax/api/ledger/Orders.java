package io.parallax.api.ledger;

import io.parallax.contract.message.Control;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a change of the ledger asks for, to be carried out once it is committed. */
record Orders(List<Assignment> assignments, List<Stop> stops) {
    static final Orders NONE = new Orders(List.of(), List.of());

    Orders {
        assignments = List.copyOf(assignments);
        stops = List.copyOf(stops);
    }

    static Orders issue(List<Assignment> assignments) {
        return new Orders(assignments, List.of());
    }

    static Orders stop(long diff, Control message) {
        return new Orders(List.of(), List.of(new Stop(diff, message)));
    }

    Orders and(Orders more) {
        return new Orders(
                Stream.concat(assignments.stream(), more.assignments.stream()).toList(),
                Stream.concat(stops.stream(), more.stops.stream()).toList());
    }

    /** Has the first task go where one has just been done, so that work follows those who are free. */
    Orders firstTo(@Nullable Integer partition) {
        if (partition == null
                || assignments.isEmpty()
                || assignments.get(0).address().makesTasks()) {
            return this;
        }
        List<Assignment> directed = new ArrayList<>(assignments);
        directed.set(0, directed.get(0).to(partition));
        return new Orders(directed, stops);
    }

    /** Tells the workers to stop something of a diff. */
    record Stop(long diff, Control message) {}
}
