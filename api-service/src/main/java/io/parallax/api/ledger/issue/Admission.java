package io.parallax.api.ledger.issue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Decides which tasks may start now, so that no source has more connections than it allows. A task may always run when
 * no other one uses its source, even if it needs more than the source ever allows or diffs hold all there is: they would
 * wait for it for good.
 */
final class Admission {
    private final Map<Long, Integer> allowed;
    private final Map<Long, Integer> used;
    private final Map<Long, Integer> held;

    /**
     * Starts from the present state.
     *
     * @param allowed connections by limited source; sources that are not in here have no limit
     * @param used connections in use by source
     * @param held how many of these no task works with, as plans hold them
     */
    Admission(Map<Long, Integer> allowed, Map<Long, Integer> used, Map<Long, Integer> held) {
        this.allowed = Map.copyOf(allowed);
        this.used = new HashMap<>(used);
        this.held = Map.copyOf(held);
    }

    /** Those that may start, in the order given; each one takes its connections. */
    List<Candidate> admit(List<Candidate> candidates) {
        List<Candidate> admitted = new ArrayList<>();
        for (Candidate candidate : candidates) {
            if (candidate.sources().stream().allMatch(source -> hasRoom(source, candidate))) {
                candidate
                        .sources()
                        .forEach(source -> used.merge(source, candidate.connectionsTo(source), Integer::sum));
                admitted.add(candidate);
            }
        }
        return admitted;
    }

    private boolean hasRoom(long source, Candidate candidate) {
        Integer limit = allowed.get(source);
        int before = used.getOrDefault(source, 0);
        boolean isIdle = before == held.getOrDefault(source, 0);
        return limit == null || isIdle || before + candidate.connectionsTo(source) <= limit;
    }
}
