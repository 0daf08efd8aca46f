package io.parallax.api.ledger;

import org.jspecify.annotations.Nullable;

/**
 * A diff as its locked row has it.
 *
 * @param plan the number of the plan in force
 * @param isLive false when it is over, or was never there
 * @param limited whether one of its sources allows only so many connections
 * @param recheckAfter seconds after which differing keys are read again; null for never
 * @param rechecking whether that has begun
 */
record LiveDiff(
        long id, int plan, boolean isLive, boolean limited, @Nullable Integer recheckAfter, boolean rechecking) {
    static LiveDiff missing(long id) {
        return new LiveDiff(id, 0, false, false, null, false);
    }

    /** Of which no more is known than that it is live; good for all but its end. */
    static LiveDiff of(long id, int plan) {
        return new LiveDiff(id, plan, true, true, null, false);
    }

    LiveDiff replanned() {
        return new LiveDiff(id, plan + 1, isLive, limited, recheckAfter, false);
    }

    boolean awaitsRecheck() {
        return recheckAfter != null && !rechecking;
    }
}
