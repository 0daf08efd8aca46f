package io.parallax.worker.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

class GrowthTest {
    private static final int LONG = 2000;

    private final Growth growth = new Growth(2, 8);

    /** The slots after so many seconds of a source that does so many tasks a second with that many at a time. */
    private static int after(Growth growth, int seconds, double cpu, IntToDoubleFunction rate) {
        int slots = 2;
        double owed = 0;
        for (int second = 0; second < seconds; second++) {
            owed += rate.applyAsDouble(slots);
            long done = (long) owed;
            owed -= done;
            slots = growth.after(new Growth.Second(done, false, true, cpu));
        }
        return slots;
    }

    @Test
    void growsWhileThatMakesItFaster() {
        assertThat(after(growth, LONG, 0.2, slots -> 3 * slots)).isEqualTo(8);
    }

    @Test
    void growsAsFarAsTheSourceBecomesFaster() {
        assertThat(after(growth, LONG, 0.2, slots -> 3 * Math.min(slots, 5))).isBetween(5, 6);
    }

    @Test
    void staysWhereMoreIsNoFaster() {
        Growth steady = new Growth(2, 8);
        int longer = 0;
        for (int time = 0; time < LONG; time++) {
            longer += steady.after(new Growth.Second(6, false, true, 0.2)) > 2 ? 1 : 0;
        }
        // It tries now and then.
        assertThat(longer).isBetween(10, LONG / 10);
    }

    @Test
    void leavesItsProcessorRoom() {
        assertThat(after(growth, LONG, 0.75, slots -> 3 * slots)).isEqualTo(2);
    }

    @Test
    void slowTasksCountAsWell() {
        assertThat(after(growth, LONG, 0.2, slots -> slots / 20.0)).isGreaterThan(4);
    }

    @Test
    void doesNotGrowForNobody() {
        for (int second = 0; second < LONG; second++) {
            assertThat(growth.after(new Growth.Second(10, false, false, 0.1))).isEqualTo(2);
        }
    }

    @Test
    void givesUpAllWhereASourceHasNoRoom() {
        assertThat(after(growth, LONG, 0.2, slots -> 3 * slots)).isEqualTo(8);
        assertThat(growth.after(new Growth.Second(3, true, true, 0.2))).isEqualTo(2);
        assertThat(after(growth, 100, 0.2, slots -> 3 * slots)).isEqualTo(2);
    }

    /** As where a task takes longer than anybody looks. */
    @Test
    void doesNotGrowOnNoEvidence() {
        for (int second = 0; second < LONG; second++) {
            assertThat(growth.after(new Growth.Second(second % 100 == 0 ? 1 : 0, false, true, 0.1)))
                    .isEqualTo(2);
        }
    }

    @Test
    void neverGrowsWhereItMayNot() {
        assertThat(after(new Growth(2, 1), LONG, 0.1, slots -> 3 * slots)).isEqualTo(2);
    }
}
