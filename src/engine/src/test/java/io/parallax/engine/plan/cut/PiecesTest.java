package io.parallax.engine.plan.cut;

import static org.assertj.core.api.Assertions.assertThat;

import io.parallax.engine.task.Pages;
import io.parallax.engine.type.Storage;
import java.util.List;
import org.junit.jupiter.api.Test;

class PiecesTest {
    @Test
    void cutsATableIntoEqualParts() {
        assertThat(Pieces.cut(storage(100L), 4))
                .containsExactly(new Pages(0, 25L), new Pages(25, 50L), new Pages(50, 75L), new Pages(75, null));
    }

    @Test
    void weighsPartitionsOfUnequalSizes() {
        // 10 pages of both, then 80 of the larger one alone: half of all 100 is 10 + 30 pages in.
        assertThat(Pieces.cut(storage(90L, 10L), 2)).containsExactly(new Pages(0, 40L), new Pages(40, null));
        assertThat(Pieces.cut(storage(90L, 10L), 10).get(0)).isEqualTo(new Pages(0, 5L));
    }

    @Test
    void cutsNothingSmallerThanAPage() {
        assertThat(Pieces.cut(storage(2L), 10)).containsExactly(new Pages(0, 1L), new Pages(1, null));
        assertThat(Pieces.cut(storage(1L), 10)).containsExactly(new Pages(0, null));
        assertThat(Pieces.cut(storage(0L), 10)).containsExactly(new Pages(0, null));
        assertThat(Pieces.cut(null, 10)).containsExactly(new Pages(0, null));
        assertThat(Pieces.cut(new Storage(List.of(100L), false, 0, 0, List.of()), 10))
                .hasSize(1);
    }

    private static Storage storage(Long... leaves) {
        return new Storage(List.of(leaves), true, 1000, 0, List.of());
    }
}
