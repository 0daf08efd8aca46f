package io.parallax.api.ledger;

/**
 * A diff as its locked row has it.
 *
 * @param plan the number of the plan in force
 * @param isLive false when it is over, or was never there
 * @param limited whether one of its sources allows only so many connections
 */
record LiveDiff(long id, int plan, boolean isLive, boolean limited) {
    static LiveDiff missing(long id) {
        return new LiveDiff(id, 0, false, false);
    }

    LiveDiff replanned() {
        return new LiveDiff(id, plan + 1, isLive, limited);
    }
}
