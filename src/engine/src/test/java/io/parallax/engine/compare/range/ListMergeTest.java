package io.parallax.engine.compare.range;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import io.parallax.contract.tally.Sides;
import io.parallax.contract.tally.Tally;
import io.parallax.engine.type.WireForm;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ListMergeTest {
    private record KeyAndHash(long key, long hash) {}

    @Test
    void countsKeysWithTheSameRowsAndNamesTheOthers() {
        Random random = new Random(5);
        for (int trial = 0; trial < 3000; trial++) {
            List<KeyAndHash> a = rows(random);
            List<KeyAndHash> b = random.nextBoolean() ? rows(random) : changed(a, random);
            ListMerge merge = new ListMerge(0, WireForm.INT8);

            merge.merge(listed(a), listed(b));

            Set<Long> differing = keys(a, b);
            differing.removeIf(key -> ofKey(a, key).equals(ofKey(b, key)));
            assertThat(LongStream.of(merge.differing()).boxed()).containsExactlyInAnyOrderElementsOf(differing);
            assertThat(merge.differingKeys()).isEqualTo(differing.size());
            assertThat(merge.keys()).isEqualTo(keys(a, b).size());
            a.removeIf(row -> differing.contains(row.key()));
            assertThat(merge.same().tally()).isEqualTo(tally(a));
        }
    }

    private static Tally tally(List<KeyAndHash> rows) {
        Map<Long, Long> counts = rows.stream().collect(groupingBy(KeyAndHash::key, counting()));
        long unique = counts.values().stream().filter(count -> count == 1).count();
        long dupes = rows.size() - unique;
        return new Tally(
                Sides.of(rows.size(), rows.size()),
                Sides.ZERO,
                Sides.of(dupes, dupes),
                Sides.of(counts.size(), counts.size()),
                Sides.ZERO,
                unique,
                0,
                List.of());
    }

    private static Set<Long> keys(List<KeyAndHash> a, List<KeyAndHash> b) {
        Set<Long> keys = new HashSet<>();
        a.forEach(row -> keys.add(row.key()));
        b.forEach(row -> keys.add(row.key()));
        return keys;
    }

    private static List<Long> ofKey(List<KeyAndHash> rows, long key) {
        return rows.stream()
                .filter(row -> row.key() == key)
                .map(KeyAndHash::hash)
                .sorted()
                .toList();
    }

    private static List<KeyAndHash> rows(Random random) {
        List<KeyAndHash> rows = new ArrayList<>();
        int count = random.nextInt(8);
        for (int i = 0; i < count; i++) {
            rows.add(new KeyAndHash(random.nextInt(6) - 3, random.nextInt(3) - 1));
        }
        return rows;
    }

    private static List<KeyAndHash> changed(List<KeyAndHash> rows, Random random) {
        List<KeyAndHash> changed = new ArrayList<>(rows);
        Collections.shuffle(changed, random);
        if (random.nextBoolean() && !changed.isEmpty()) {
            changed.remove(0);
        }
        return changed;
    }

    private static ListedRows listed(List<KeyAndHash> rows) {
        int length = rows.size() * Long.BYTES;
        ByteBuffer bytes = ByteBuffer.allocate(2 * (Integer.BYTES + length));
        bytes.putInt(length);
        rows.forEach(row -> bytes.putLong(row.key()));
        bytes.putInt(length);
        rows.forEach(row -> bytes.putLong(row.hash()));
        return ListedRows.read(bytes.array(), 0, Integer.BYTES + length);
    }
}
