package io.parallax.engine.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.parallax.engine.task.Buckets.Steps;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class KeyRangesTest {
    @Test
    void holdEveryKeyOfTheirSegmentOnce() {
        Random random = new Random(11);
        for (int trial = 0; trial < 2000; trial++) {
            long low = anywhere(random);
            long high = Math.max(low, random.nextBoolean() ? anywhere(random) : low + random.nextInt(100));
            Long from = random.nextBoolean() ? null : (Long) low;
            Long to = high == Long.MAX_VALUE || random.nextBoolean() ? null : (Long) (high + 1);
            KeyRanges ranges = KeyRanges.of(segment(from, to), Steps.of(low, high, 1 + random.nextInt(50)));
            assertCovers(ranges, from == null ? Long.MIN_VALUE : from, to == null ? Long.MAX_VALUE : to - 1);
        }
    }

    private static void assertCovers(KeyRanges ranges, long first, long last) {
        List<KeyRange> all = ranges.ranges();
        assertThat(all.get(0).first()).isEqualTo(first);
        assertThat(all.get(all.size() - 1).last()).isEqualTo(last);
        for (int i = 1; i < all.size(); i++) {
            assertThat(all.get(i - 1).meets(all.get(i))).as("%s", ranges).isTrue();
        }
        assertThat(ranges.joined().ranges()).containsExactly(new KeyRange(first, last));
    }

    @Test
    void partsAreAboutEqual() {
        assertThat(new KeyRange(0, 9).parts(3))
                .containsExactly(new KeyRange(0, 2), new KeyRange(3, 5), new KeyRange(6, 9));
        assertThat(new KeyRange(-1, 1).parts(50))
                .containsExactly(new KeyRange(-1, -1), new KeyRange(0, 0), new KeyRange(1, 1));
        assertThat(new KeyRange(Long.MIN_VALUE, Long.MAX_VALUE).parts(2))
                .containsExactly(new KeyRange(Long.MIN_VALUE, -1), new KeyRange(0, Long.MAX_VALUE));
    }

    @Test
    void someOfThemAreJoinedWhereTheyMeet() {
        KeyRanges ranges = new KeyRanges(new KeyRange(0, 99).parts(10).toList());
        KeyRanges some = ranges.only(List.of(7L, 2L, 3L));
        assertThat(some.ranges()).containsExactly(new KeyRange(20, 29), new KeyRange(30, 39), new KeyRange(70, 79));
        assertThat(some.joined().ranges()).containsExactly(new KeyRange(20, 39), new KeyRange(70, 79));
    }

    private static Segment segment(@Nullable Long from, @Nullable Long to) {
        return new Segment(
                from == null ? null : List.of(from.toString()),
                to == null ? null : List.of(to.toString()),
                null,
                Buckets.byHash(1),
                false,
                0);
    }

    private static long anywhere(Random random) {
        return random.nextInt(4) == 0
                ? new long[] {Long.MIN_VALUE, Long.MAX_VALUE, 0, -1}[random.nextInt(4)]
                : random.nextInt(2) == 0 ? random.nextInt(200) - 100 : random.nextLong();
    }
}
