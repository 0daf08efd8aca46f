package io.parallax.endtoend.chaos;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Random;

/** What goes wrong, when, and for how long, drawn from a seed; every harm of every part before any of them a second time. */
final class Schedule {
    private static final int LONGEST_BRIEF = 3_000;

    private final Random random;
    private final List<Target> targets;
    private final Duration lease;
    private final Duration longestWait;
    private final Deque<Target> deck = new ArrayDeque<>();

    /**
     * Draws from that seed.
     *
     * @param lease one fault of four lasts longer than it
     * @param longestWait from one fault to the next one
     */
    Schedule(long seed, List<? extends Part> parts, Duration lease, Duration longestWait) {
        this.random = new Random(seed);
        this.lease = lease;
        this.longestWait = longestWait;
        this.targets = parts.stream()
                .flatMap(part -> part.harms().stream().map(harm -> new Target(part.name(), harm)))
                .toList();
    }

    Fault next() {
        if (deck.isEmpty()) {
            List<Target> shuffled = new ArrayList<>(targets);
            Collections.shuffle(shuffled, random);
            deck.addAll(shuffled);
        }
        Target target = deck.pop();
        return new Fault(millis(200, (int) longestWait.toMillis()), target.part, target.harm, lasting());
    }

    private Duration lasting() {
        return random.nextInt(4) == 0 ? lease.plus(millis(1_000, 8_000)) : millis(200, LONGEST_BRIEF);
    }

    private Duration millis(int least, int bound) {
        return Duration.ofMillis(least + random.nextInt(bound - least));
    }

    private record Target(String part, Harm harm) {}
}
