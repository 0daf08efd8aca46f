package io.parallax.oracle.draw;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;

/** Chance that can be repeated from its seed. */
public final class Dice {
    private final SplittableRandom random;

    public Dice(long seed) {
        this.random = new SplittableRandom(seed);
    }

    public boolean chance(double probability) {
        return random.nextDouble() < probability;
    }

    /** From 0, less than the bound. */
    public int below(int bound) {
        return random.nextInt(bound);
    }

    /** Both ends included. */
    public int between(int low, int high) {
        return low + random.nextInt(high - low + 1);
    }

    long any() {
        return random.nextLong();
    }

    public <T> T pick(List<? extends T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    @SafeVarargs
    public final <T> T pick(T... choices) {
        return choices[random.nextInt(choices.length)];
    }

    public <T> List<T> shuffled(List<? extends T> items) {
        List<T> shuffled = new ArrayList<>(items);
        Collections.shuffle(shuffled, new Random(random.nextLong()));
        return shuffled;
    }
}
