package io.parallax.engine.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.parallax.engine.task.Buckets.Steps;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class BucketsTest {
    @Test
    void rangesHoldJustTheKeysOfTheirBuckets() {
        Random random = new Random(7);
        for (int trial = 0; trial < 2000; trial++) {
            long low = anywhere(random);
            long high = Math.max(low, random.nextBoolean() ? anywhere(random) : low + random.nextInt(100));
            Steps steps = Steps.of(low, high, 1 + random.nextInt(20));
            List<Long> all = LongStream.rangeClosed(low / steps.width(), high / steps.width())
                    .limit(1000)
                    .boxed()
                    .toList();
            List<Long> some =
                    all.stream().filter(bucket -> random.nextInt(3) == 0).toList();
            List<KeyRange> ranges = steps.ranges(some);
            for (int i = 0; i < 50; i++) {
                long key = random.nextInt(3) == 0 ? anywhere(random) : around(random, low, high, steps.width());
                long bucket = Math.min(Math.max(key, low), high) / steps.width();
                assertThat(ranges.stream().anyMatch(range -> range.first() <= key && key <= range.last()))
                        .as("%s of %s in %s", key, some, steps)
                        .isEqualTo(some.contains(bucket));
            }
        }
    }

    @Test
    void neighboursAreOneRange() {
        assertThat(new Steps(0, 99, 10).ranges(List.of(3L, 1L, 2L, 5L)))
                .containsExactly(new KeyRange(10, 39), new KeyRange(50, 59));
    }

    @Test
    void outermostBucketsHaveNoEnd() {
        assertThat(new Steps(0, 99, 10).ranges(List.of(0L, 9L)))
                .containsExactly(new KeyRange(Long.MIN_VALUE, 9), new KeyRange(90, Long.MAX_VALUE));
    }

    private static long anywhere(Random random) {
        return random.nextInt(4) == 0
                ? new long[] {Long.MIN_VALUE, Long.MAX_VALUE, 0, -1}[random.nextInt(4)]
                : random.nextInt(2) == 0 ? random.nextInt(200) - 100 : random.nextLong();
    }

    private static long around(Random random, long low, long high, long width) {
        long edge = random.nextBoolean() ? low : high;
        return edge + (random.nextInt(5) - 2) * Math.min(width, 1 << 20) + random.nextInt(3) - 1;
    }
}
