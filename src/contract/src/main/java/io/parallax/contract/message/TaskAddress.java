package io.parallax.contract.message;

/**
 * Names one task for good, whatever is sent or retried.
 *
 * @param diff the diff's id
 * @param plan the plan's number, from 1; a restarted diff gets the next one
 * @param stage 0 for the planning job, from 1 for comparison
 * @param task from 0, within the stage
 */
public record TaskAddress(long diff, int plan, int stage, int task) {
    public static final int PLANNING = 0;

    /** The planning job of a diff. */
    public static TaskAddress planning(long diff, int plan) {
        return new TaskAddress(diff, plan, PLANNING, 0);
    }
}
