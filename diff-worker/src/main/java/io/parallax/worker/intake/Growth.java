package io.parallax.worker.intake;

import org.jspecify.annotations.Nullable;

/**
 * Finds out how many tasks at a time make a worker fastest, by trying one more: a database with many cores, or one far away, does more in
 * the same time, and another one does not. Only what is done while tasks wait for a slot says anything.
 */
final class Growth {
    /** More than that is enough for a second look; of few tasks each one weighs too much. */
    private static final int LOOKS = 10;

    private static final int MOST_LOOKS = 120;
    private static final int TASKS_PER_SLOT = 3;
    private static final double MOSTLY = 0.8;
    private static final double BUSY_CPU = 0.7;

    /** Of what one more slot would bring if all were equally fast. */
    private static final double WORTH_IT = 0.5;

    /** Periods before the next try after one that brought nothing. */
    private static final int REST = 30;

    private final int least;
    private final int most;
    private int slots;
    private int rest;
    private @Nullable Double rateBefore;
    private int looks;
    private int pressed;
    private long done;
    private double cpu;

    /** From {@code least}, which there are in any case, to {@code most}. */
    Growth(int least, int most) {
        this.least = least;
        this.most = Math.max(least, most);
        this.slots = least;
    }

    /**
     * What a second was like.
     *
     * @param done tasks that ended in it
     * @param refused whether a source took no more connections, or no longer
     * @param pressed whether a task waited for a slot
     * @param cpu how busy this process kept its processors, from 0 to 1
     */
    record Second(long done, boolean refused, boolean pressed, double cpu) {}

    /** How many slots there are to be after it. */
    int after(Second second) {
        looks++;
        done += second.done();
        pressed += second.pressed() ? 1 : 0;
        cpu += second.cpu();
        if (second.refused()) {
            slots = least;
            giveUp();
            begin();
        } else if (looks >= MOST_LOOKS || looks >= LOOKS && done >= (long) TASKS_PER_SLOT * slots) {
            judge((double) done / looks, cpu / looks);
            begin();
        }
        return slots;
    }

    private void begin() {
        looks = 0;
        pressed = 0;
        done = 0;
        cpu = 0;
    }

    private void giveUp() {
        rateBefore = null;
        rest = REST;
    }

    private void judge(double rate, double busy) {
        if (pressed < MOSTLY * looks) {
            // Nobody knows what more of them would have done.
            rateBefore = null;
            return;
        }
        if (done < (long) TASKS_PER_SLOT * slots) {
            // Too few to say anything; one more on trial has not shown that it is worth it.
            slots -= rateBefore == null ? 0 : 1;
            giveUp();
            return;
        }
        if (rateBefore != null && rate < rateBefore * (1 + WORTH_IT / (slots - 1))) {
            slots--;
            giveUp();
            return;
        }
        rateBefore = null;
        if (rest > 0) {
            rest--;
        } else if (slots < most && busy < BUSY_CPU) {
            rateBefore = rate;
            slots++;
        }
    }
}
