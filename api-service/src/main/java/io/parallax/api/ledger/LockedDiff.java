package io.parallax.api.ledger;

import io.parallax.outcome.Notes;
import org.jspecify.annotations.Nullable;

/**
 * A diff as its locked row has it.
 *
 * @param plan the number of the plan in force
 * @param isLive false when it is over, or was never there
 * @param limited whether one of its sources allows only so many connections
 * @param recheckAfter seconds after which differing keys are read again; null for never
 * @param rechecking whether that has begun
 * @param keysOnly whether the plan counts keys only, and another one is to follow
 * @param sampled whether only some values are compared
 * @param stops JSON, when it ends before all is compared; null for never
 * @param tasks how many tasks its plan has so far; null where that is not known
 * @param writes whether it writes anything into databases
 * @param publishes whether it makes tables of the rows that differ
 * @param publishing whether that has begun
 * @param keysReads JSON, how a plan before has read the keys; null for no such plan
 * @param notes what is known so far that who reads it must know
 */
record LockedDiff(
        long id,
        int plan,
        boolean isLive,
        boolean limited,
        @Nullable Integer recheckAfter,
        boolean rechecking,
        boolean keysOnly,
        boolean sampled,
        @Nullable String stops,
        @Nullable Integer tasks,
        boolean writes,
        boolean publishes,
        boolean publishing,
        @Nullable String keysReads,
        Notes notes) {
    static LockedDiff missing(long id) {
        return new LockedDiff(
                id, 0, false, false, null, false, false, false, null, null, false, false, false, null, Notes.NONE);
    }

    /** Of which no more is known than that it is live; good for all but its end. */
    static LockedDiff of(long id, int plan) {
        return new LockedDiff(
                id, plan, true, true, null, false, false, false, null, null, true, false, false, null, Notes.NONE);
    }

    LockedDiff replanned() {
        return new LockedDiff(
                id,
                plan + 1,
                isLive,
                limited,
                recheckAfter,
                false,
                false,
                false,
                stops,
                null,
                writes,
                publishes,
                false,
                null,
                Notes.NONE);
    }

    /** The same with a plan that is made. */
    LockedDiff planned(boolean ofKeysOnly, boolean ofSample) {
        return new LockedDiff(
                id,
                plan,
                isLive,
                limited,
                recheckAfter,
                rechecking,
                ofKeysOnly,
                ofSample,
                stops,
                tasks,
                writes,
                publishes,
                publishing,
                keysReads,
                notes);
    }

    boolean awaitsPublication() {
        return publishes && !publishing;
    }

    boolean awaitsRecheck() {
        return recheckAfter != null && !rechecking;
    }
}
