package io.parallax.api.problems;

import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Collects everything that is wrong with one request, so that its sender hears it all at once. */
public final class Faults {
    /** Nobody reads on after so many; a body has room for hundreds of thousands. */
    private static final int MOST = 1000;

    private final Set<Fault> faults = new LinkedHashSet<>();
    private final Set<List<Object>> misshapen = new HashSet<>();

    /** Notes a fault, once, however often a field is read; nothing more is to be said of one that is of another JSON type. */
    public void add(Fault fault) {
        if (!misshapen.contains(fault.loc()) && faults.size() < MOST) {
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
            throw new InvalidRequestException(List.copyOf(faults));
        }
    }
}
