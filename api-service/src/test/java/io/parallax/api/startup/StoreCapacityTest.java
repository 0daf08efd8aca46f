package io.parallax.api.startup;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StoreCapacityTest {
    @Test
    void takesTheLeastOfAllLimits() {
        assertThat(new StoreCapacity(100, 3, -1, -1, 0).ours()).isEqualTo(97);
        assertThat(new StoreCapacity(100, 3, 15, -1, 0).ours()).isEqualTo(15);
        assertThat(new StoreCapacity(100, 3, -1, 0, 0).ours()).isZero();
    }

    @Test
    void refusesWhatCannotBe() {
        assertThat(new StoreCapacity(23, 3, -1, -1, 22).refusal(20)).isEmpty();
        assertThat(new StoreCapacity(22, 3, -1, -1, 0).refusal(20).orElseThrow())
                .contains("PARALLAX_STORE_CONNECTIONS is 20", "takes 19 at most", "max_connections 22");
        assertThat(new StoreCapacity(100, 3, 10, -1, 0).refusal(20)).isPresent();
    }

    @Test
    void warnsWhereOthersHaveTooMany() {
        assertThat(new StoreCapacity(100, 3, -1, -1, 77).warning(20)).isEmpty();
        assertThat(new StoreCapacity(100, 3, -1, -1, 78).warning(20).orElseThrow())
                .contains("has 19 left", "78 are open");
        assertThat(new StoreCapacity(100, 3, -1, -1, 120).warning(20).orElseThrow())
                .contains("has 0 left");
    }
}
