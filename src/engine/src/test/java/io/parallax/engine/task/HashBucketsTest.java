package io.parallax.engine.task;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class HashBucketsTest {
    @Test
    void hasAboutAsManyBucketsAsWantedAndNeverTooMany() {
        assertThat(HashBuckets.first(0, 1000).buckets()).isEqualTo(1);
        assertThat(HashBuckets.first(5000, 1000).buckets()).isEqualTo(8);
        assertThat(HashBuckets.first(1e12, 1000).buckets()).isEqualTo(4096);
    }

    @Test
    void numbersItsBucketsWithoutGaps() {
        Random random = new Random(3);
        HashBuckets hashBuckets = HashBuckets.first(1e9, 1000);
        for (int level = 0; level < 3; level++) {
            assertThat(hashBuckets.buckets()).isLessThanOrEqualTo(8192);
            for (int index = 0; index < hashBuckets.buckets(); index++) {
                assertThat(hashBuckets.index(hashBuckets.bucket(index))).isEqualTo(index);
            }
            HashBuckets of = hashBuckets;
            List<Long> dirty = LongStream.range(0, hashBuckets.buckets())
                    .filter(index -> random.nextInt(100) == 0)
                    .map(index -> of.bucket((int) index))
                    .sorted()
                    .boxed()
                    .toList();
            hashBuckets = hashBuckets.refined(dirty);
        }
    }

    @Test
    void findsTheBucketsOfKeysWithinTheirParents() {
        Random random = new Random(5);
        HashBuckets first = new HashBuckets(3, null);
        HashBuckets finer = first.refined(List.of(1L, 6L));
        for (int trial = 0; trial < 1000; trial++) {
            long hash = random.nextLong();
            long parent = hash & 7;
            if (parent == 1 || parent == 6) {
                long bucket = hash & ((1L << finer.bits()) - 1);
                int index = finer.index(bucket);
                assertThat(index).isBetween(0, finer.buckets() - 1);
                assertThat(finer.bucket(index)).isEqualTo(bucket);
            }
        }
    }
}
