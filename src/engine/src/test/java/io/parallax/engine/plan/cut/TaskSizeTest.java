package io.parallax.engine.plan.cut;

import static org.assertj.core.api.Assertions.assertThat;

import io.parallax.engine.task.Throughput;
import org.junit.jupiter.api.Test;

class TaskSizeTest {
    private static final double MICROSECOND = 1e-6;

    @Test
    void keepsToTheAimWhereThatIsAFewTasks() {
        assertThat(size(MICROSECOND).rows(1000, 10_000)).isEqualTo(1000);
        assertThat(new TaskSize(Throughput.UNKNOWN, false).rows(1000, 1e12)).isEqualTo(1000);
    }

    @Test
    void growsWhereThereAreManyUpToSomeSeconds() {
        assertThat(size(MICROSECOND).rows(1000, 3_200_000)).isEqualTo(100_000);
        assertThat(size(MICROSECOND).rows(1000, 1e12)).isEqualTo(3_000_000);
    }

    @Test
    void keepsToWhatIsAskedForUnlessThatTakesTooLong() {
        TaskSize asked = new TaskSize(new Throughput(MICROSECOND), true);
        assertThat(asked.rows(1000, 3_200_000)).isEqualTo(1000);
        assertThat(asked.rows(5_000_000, 1e12)).isEqualTo(3_000_000);
    }

    @Test
    void shrinksWhereRowsAreSlow() {
        assertThat(size(10_000 * MICROSECOND).rows(1000, 10_000)).isEqualTo(300);
        assertThat(size(10).rows(1000, 10_000)).isEqualTo(1);
    }

    private static TaskSize size(double secondsPerRow) {
        return new TaskSize(new Throughput(secondsPerRow), false);
    }
}
