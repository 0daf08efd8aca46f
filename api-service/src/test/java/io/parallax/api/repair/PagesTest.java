package io.parallax.api.repair;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class PagesTest {
    private static List<Integer> lengths(Integer... sizes) {
        Long[] ids = LongStream.range(0, sizes.length).boxed().toArray(Long[]::new);
        List<Long[]> pages = Pages.of(ids, sizes);
        assertThat(pages.stream().flatMap(Arrays::stream).toList()).containsExactly(ids);
        return pages.stream().map(page -> page.length).toList();
    }

    @Test
    void holdSoManyRows() {
        assertThat(lengths()).isEmpty();
        assertThat(lengths(1)).containsExactly(1);
        assertThat(lengths(Collections.nCopies(401, 1).toArray(Integer[]::new))).containsExactly(200, 200, 1);
    }

    @Test
    void holdSoManyBytes() {
        int half = 1 << 19;
        assertThat(lengths(half, half, 1, half)).containsExactly(2, 2);
        assertThat(lengths(1 << 25, 1, 1 << 25)).containsExactly(1, 1, 1);
    }
}
