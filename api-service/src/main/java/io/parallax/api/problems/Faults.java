package io.parallax.api.problems;

import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Collects everything that is wrong with one request, so that its sender hears it all at once. */
public final class Faults {
    /** Nobody reads on after so many; a body has room for hundreds of thousands. */
    public static final int MOST = 1000;

    private final Set<Fault> faults = new LinkedHashSet<>();
    /** Places, as texts: clients choose names, and may choose many of one hash, which a set tells apart by their order alone. */
    private final Set<String> misshapen = new HashSet<>();

    /** Notes a fault, once, however often a field is read; nothing more is to be said of one that is of another JSON type. */
    public void add(Fault fault) {
        if (!misshapen.contains(place(fault)) && faults.size() < MOST) {
            faults.add(fault);
        }
    }

    /** Notes that a field is of another JSON type than it is to be. */
    public void addShape(Fault fault) {
        add(fault);
        if (misshapen.size() < MOST) {
            misshapen.add(place(fault));
        }
    }

    private static String place(Fault fault) {
        return fault.loc().stream()
                .map(step -> step.toString().replace("~", "~0").replace("/", "~1"))
                .collect(Collectors.joining("/"));
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
