package io.parallax.api.ledger;

import io.parallax.outcome.Notes;
import io.parallax.outcome.next.Course;
import org.jspecify.annotations.Nullable;

/**
 * A diff as its locked row has it.
 *
 * @param plan the number of the plan in force
 * @param isLive false when it is over, or was never there
 * @param course what decides what comes next for it
 * @param known what plans before have left
 */
public record LockedDiff(long id, int plan, boolean isLive, Sources sources, Course course, Known known) {
    /**
     * What it does with its sources.
     *
     * @param limited whether one of them allows only so many connections
     * @param writes whether it writes anything into them
     */
    public record Sources(boolean limited, boolean writes) {}

    /**
     * What is known of it already.
     *
     * @param keysReads JSON, how a plan before has read the keys; null for no such plan
     * @param notes what who reads it must know
     */
    public record Known(@Nullable String keysReads, Notes notes) {
        public static final Known NOTHING = new Known(null, Notes.NONE);
    }

    static LockedDiff missing(long id) {
        return new LockedDiff(id, 0, false, new Sources(false, false), Course.PLAIN, Known.NOTHING);
    }

    /** Of which no more is known than that it is live; good for all but its end. */
    public static LockedDiff of(long id, int plan) {
        return new LockedDiff(id, plan, true, new Sources(true, true), Course.PLAIN, Known.NOTHING);
    }

    /** The same with a new plan, which is not made yet. */
    public LockedDiff replanned() {
        return new LockedDiff(id, plan + 1, isLive, sources, course.unplanned(), Known.NOTHING);
    }

    /** The same with a plan that is made. */
    public LockedDiff planned(boolean keysOnly, boolean sampled) {
        return new LockedDiff(id, plan, isLive, sources, course.planned(keysOnly, sampled), known);
    }
}
