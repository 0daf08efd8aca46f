package io.parallax.api.ledger;

import io.parallax.contract.message.Control;
import java.util.List;
import java.util.stream.Stream;

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

    /** Tells the workers to stop something of a diff. */
    record Stop(long diff, Control message) {}
}
