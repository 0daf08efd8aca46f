package io.parallax.api.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.parallax.contract.Topics;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PartitionsTest {
    private final Partitions partitions = new Partitions(Topics.TASK_PARTITIONS);

    private List<Integer> turns(int count) {
        return IntStream.range(0, count).mapToObj(turn -> partitions.next()).toList();
    }

    @Test
    void beforeAnybodyHasLookedThereAreAsManyAsThereAreToBe() {
        assertThat(turns(Topics.TASK_PARTITIONS))
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, Topics.TASK_PARTITIONS).boxed().toList());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 12, 16, 63, 64, 100})
    void eachHasATurn(int count) {
        List<Integer> all = IntStream.range(0, count).boxed().toList();
        partitions.are(all);
        assertThat(turns(count)).containsExactlyInAnyOrderElementsOf(all);
    }

    @Test
    void turnsInARowAreFarApart() {
        List<Integer> turns = turns(Topics.TASK_PARTITIONS);
        for (int turn = 1; turn < turns.size(); turn++) {
            assertThat(Math.abs(turns.get(turn) - turns.get(turn - 1))).isGreaterThan(20);
        }
    }

    @Test
    void whatIsNotThereGetsNothing() {
        partitions.are(List.of(0, 2, 5));
        assertThat(turns(30)).containsOnly(0, 2, 5);
        assertThat(partitions.has(1)).isFalse();
        assertThat(partitions.has(5)).isTrue();
    }

    @Test
    void withNoneThereItWaitsForThoseThatWere() {
        partitions.are(List.of(3));
        partitions.are(List.of());
        assertThat(turns(2)).containsExactly(3, 3);
    }
}
