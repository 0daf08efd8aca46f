package io.parallax.api.problems;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Collects everything that is wrong with one request, so that its sender hears it all at once. */
public final class Faults {
    private final List<Fault> faults = new ArrayList<>();
    private final Set<List<Object>> misshapen = new HashSet<>();

    /** Notes a fault, once, however often a field is read; nothing more is to be said of one that is of another JSON type. */
    public void add(Fault fault) {
        if (!misshapen.contains(fault.loc()) && !faults.contains(fault)) {
            faults.add(fault);
        }
    }

    /** Notes that a field is of another JSON type than it is to be. */
    public void addShape(Fault fault) {
        add(fault);
        misshapen.add(fault.loc());
    }

    /**
     * Passes when nothing is wrong.
     *
     * @throws InvalidRequestException with every fault
     */
    public void refuse() {
        if (!faults.isEmpty()) {
            throw new InvalidRequestException(faults);
        }
    }
}
