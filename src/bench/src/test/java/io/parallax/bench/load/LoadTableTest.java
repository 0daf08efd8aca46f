package io.parallax.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.parallax.bench.measure.Samples;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LoadTableTest {
    @Test
    void judgesByTheTargets() {
        String table = LoadTable.of(
                "10 diffs",
                List.of(
                        new Load("bare GET", 1000, 1000, new Cost(500, 0.25, 0.1, 0.05), milliseconds(2, 3)),
                        new Load("GET quick", 700, 1000, new Cost(500, 0.25, 0.1, 0.05), milliseconds(9, 49)),
                        new Load("GET slow", 699, 1000, new Cost(500, 0.25, 0.1, 0.05), milliseconds(9, 50))));

        assertThat(table.lines().toList())
                .satisfiesExactly(
                        empty -> assertThat(empty).isEmpty(),
                        head -> assertThat(head).startsWith("10 diffs").contains("x floor", "p99 ms"),
                        bare -> assertThat(bare)
                                .matches(" +bare GET +1000 +1\\.00 +2\\.0 +3\\.0 +80\\.0 +0\\.50 +0\\.20 +0\\.10"),
                        quick -> assertThat(quick)
                                .matches(
                                        " +GET quick +700 +0\\.70 met +9\\.0 +49\\.0 +80\\.0 met +0\\.50 +0\\.20 +0\\.10"),
                        slow -> assertThat(slow)
                                .matches(
                                        " +GET slow +699 +0\\.70 MISSED +9\\.0 +50\\.0 +80\\.0 MISSED +0\\.50 +0\\.20 +0\\.10"));
    }

    /** A hundred of these: 98 of the one, one of the other, and an outlier. */
    private static Samples milliseconds(double usual, double late) {
        return Samples.of(Stream.concat(IntStream.range(0, 98).mapToObj(i -> usual / 1e3), Stream.of(late / 1e3, 0.080))
                .collect(Collectors.toList()));
    }
}
