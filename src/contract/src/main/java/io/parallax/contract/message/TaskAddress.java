package io.parallax.contract.message;

/**
 * Names one task for good, whatever is sent or retried.
 *
 * @param diff the diff's id
 * @param plan the plan's number, from 1; a restarted diff gets the next one
 * @param stage even for a single job that makes the tasks of the next stage, 0 being the planning job; odd for the
 *     comparison tasks
 * @param task from 0, within the stage
 */
public record TaskAddress(long diff, int plan, int stage, int task) {
    public static final int PLANNING = 0;

    private static final int HOLDING = 1;

    /** The planning job of a diff. */
    public static TaskAddress planning(long diff, int plan) {
        return new TaskAddress(diff, plan, PLANNING, 0);
    }

    /** What a plan's worker keeps for its tasks, as if it were a task of its own. */
    public static TaskAddress holding(long diff, int plan) {
        return new TaskAddress(diff, plan, PLANNING, HOLDING);
    }

    // No name below begins with "is": JSON would have it as a field.

    /** Whether this is the planning job of a diff. */
    public boolean plans() {
        return equals(planning(diff, plan));
    }

    /** Whether this is what a plan's worker keeps. */
    public boolean holds() {
        return equals(holding(diff, plan));
    }

    /** Whether this is a job, not a comparison task. */
    public boolean makesTasks() {
        return stage % 2 == 0;
    }
}
