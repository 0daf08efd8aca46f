package io.parallax.api.messaging;

import java.math.BigInteger;
import java.util.Collection;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/** The partitions of a topic that work may go to: those that are there, each in its turn. */
final class Partitions {
    /** Turns in a row are far apart, whichever way workers share partitions. */
    private static final double GOLDEN = 0.618;

    private final AtomicInteger turn = new AtomicInteger();
    private volatile int[] present;

    /** As long as nobody has looked, that many. */
    Partitions(int count) {
        present = IntStream.range(0, count).toArray();
    }

    /** From now on these; where there are none, what is sent waits for those that were there. */
    void are(Collection<Integer> numbers) {
        if (!numbers.isEmpty()) {
            present = numbers.stream().mapToInt(Integer::intValue).sorted().toArray();
        }
    }

    /** The next one in turn; after as many turns as there are partitions, each had one. */
    int next() {
        int[] all = present;
        return all[Math.floorMod(turn.getAndIncrement() * (long) stride(all.length), all.length)];
    }

    boolean has(int partition) {
        return IntStream.of(present).anyMatch(number -> number == partition);
    }

    private static int stride(int count) {
        int stride = Math.max(1, (int) (count * GOLDEN));
        while (BigInteger.valueOf(stride).gcd(BigInteger.valueOf(count)).intValue() != 1) {
            stride++;
        }
        return stride;
    }
}
