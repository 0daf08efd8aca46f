package io.parallax.engine.plan.cut;

import io.parallax.engine.task.Throughput;

/**
 * How many rows a task gets, so that there is enough for all workers to do and none is at it for long.
 *
 * @param asked whether the client says how many it should get
 */
record TaskSize(Throughput pace, boolean asked) {
    /** Long enough for what a task costs besides, short enough to be done once more. */
    private static final double MOST_SECONDS = 3;

    /** With more tasks than this they grow rather than become more. */
    private static final int ENOUGH_TASKS = 32;

    /**
     * Rows of a task.
     *
     * @param aim rows of a task where there are few
     * @param all rows of all tasks
     */
    double rows(long aim, double all) {
        double most = pace.secondsPerRow() == 0 ? aim : MOST_SECONDS / pace.secondsPerRow();
        double wanted = asked ? aim : Math.max(aim, all / ENOUGH_TASKS);
        return Math.max(1, Math.min(most, wanted));
    }
}
