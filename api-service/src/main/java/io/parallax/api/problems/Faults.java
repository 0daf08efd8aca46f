package io.parallax.api.problems;

import java.util.ArrayList;
import java.util.List;

/** Collects everything that is wrong with one request, so that its sender hears it all at once. */
public final class Faults {
    private final List<Fault> faults = new ArrayList<>();

    /** Notes a fault, once, however often a field is read. */
    public void add(Fault fault) {
        if (!faults.contains(fault)) {
            faults.add(fault);
        }
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
