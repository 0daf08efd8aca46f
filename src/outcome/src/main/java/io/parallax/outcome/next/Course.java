package io.parallax.outcome.next;

import org.jspecify.annotations.Nullable;

/**
 * The course of a diff: what its request asks for beyond the comparison, and how far the plan in force has come.
 */
public record Course(Asked asked, Phase phase) {
    /** The number of a new diff's plan. */
    public static final int FIRST_PLAN = 1;

    /** Of a diff that asks for nothing more and has no plan yet. */
    public static final Course PLAIN = new Course(new Asked(null, false, null), Phase.UNPLANNED);

    /**
     * What the request asks for.
     *
     * @param recheckAfter seconds after which differing keys are read again; null for never
     * @param publishes whether tables are made of the rows that differ
     * @param limits when it ends before all is compared; null for never
     */
    public record Asked(@Nullable Integer recheckAfter, boolean publishes, @Nullable EarlyStopLimits limits) {}

    /**
     * How far the plan in force has come.
     *
     * @param tasks how many tasks it has so far; null where that is not known
     * @param keysOnly whether it counts keys only, and another one is to follow
     * @param sampled whether only some values are compared
     * @param publishing whether making the tables has begun
     * @param rechecking whether reading again has begun
     */
    public record Phase(
            @Nullable Integer tasks, boolean keysOnly, boolean sampled, boolean publishing, boolean rechecking) {
        /** Of a plan that is not made yet. */
        public static final Phase UNPLANNED = new Phase(null, false, false, false, false);
    }

    /** The same with a plan that is made. */
    public Course planned(boolean keysOnly, boolean sampled) {
        return new Course(asked, new Phase(phase.tasks(), keysOnly, sampled, phase.publishing(), phase.rechecking()));
    }

    /** The same with a plan that is to be made. */
    public Course unplanned() {
        return new Course(asked, Phase.UNPLANNED);
    }

    boolean awaitsPublication() {
        return asked.publishes() && !phase.publishing();
    }

    boolean awaitsRecheck() {
        return asked.recheckAfter() != null && !phase.rechecking();
    }

    /** How many tenths of the tasks are done, with so many left; 0 where nobody need hear of it. */
    int tenths(long left) {
        Integer tasks = phase.tasks();
        int tenths = tasks == null || tasks == 0 ? 0 : (int) (10 * (tasks - left) / tasks);
        return tenths < 10 ? Math.max(0, tenths) : 0;
    }
}
