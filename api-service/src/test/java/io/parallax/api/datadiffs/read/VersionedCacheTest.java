package io.parallax.api.datadiffs.read;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class VersionedCacheTest {
    private final VersionedCache<String> answers = new VersionedCache<>();

    @Test
    void knowsOneVersionOfEach() {
        answers.keep(1, "7", "old");
        answers.keep(2, "7", "another's");
        assertThat(answers.of(1, "7")).isEqualTo("old");
        assertThat(answers.of(1, "8")).isNull();
        assertThat(answers.knows(1)).isTrue();
        assertThat(answers.knows(3)).isFalse();
        answers.keep(1, "8", "new");
        assertThat(answers.of(1, "7")).isNull();
        assertThat(answers.of(1, "8")).isEqualTo("new");
        assertThat(answers.of(3, "8")).isNull();
    }

    @Test
    void forgetsWhatNobodyAsksFor() {
        answers.keep(0, "1", "asked for");
        for (int id = 1; id <= 2000; id++) {
            answers.keep(id, "1", "once");
            answers.of(0, "1");
        }
        assertThat(answers.of(0, "1")).isNotNull();
        assertThat(answers.of(1, "1")).isNull();
        assertThat(answers.of(1500, "1")).isNotNull();
    }
}
