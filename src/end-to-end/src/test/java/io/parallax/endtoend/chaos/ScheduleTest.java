package io.parallax.endtoend.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ScheduleTest {
    private static final Duration LEASE = Duration.ofSeconds(5);
    private static final List<Named> PARTS =
            List.of(new Named("a", List.of(Harm.KILL, Harm.FREEZE)), new Named("b", List.of(Harm.CUT)));

    @Test
    void isTheSameForTheSameSeed() {
        assertThat(drawn(7, 50)).isEqualTo(drawn(7, 50)).isNotEqualTo(drawn(8, 50));
    }

    @Test
    void leavesNothingOut() {
        assertThat(drawn(3, 3))
                .extracting(fault -> fault.part() + " " + fault.harm())
                .containsExactlyInAnyOrder("a KILL", "a FREEZE", "b CUT");
    }

    @Test
    void outlivesTheLeaseNowAndThen() {
        long longOnes = drawn(5, 1000).stream()
                .filter(fault -> fault.lasting().compareTo(LEASE) > 0)
                .count();
        assertThat(longOnes).isBetween(180L, 320L);
    }

    private static List<Fault> drawn(long seed, int count) {
        Schedule schedule = new Schedule(seed, PARTS, LEASE, Duration.ofSeconds(7));
        return IntStream.range(0, count).mapToObj(number -> schedule.next()).toList();
    }

    private record Named(String name, List<Harm> harms) implements Part {
        @Override
        public void strike(Harm harm) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void heal(Harm harm) {
            throw new UnsupportedOperationException();
        }
    }
}
