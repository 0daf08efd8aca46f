package io.parallax.oracle.needs;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NeedsTest {
    @Test
    void requiresWhatIsNamed() {
        assertThat(NeedsCondition.isRequired("pgbouncer", "promtool, pgbouncer"))
                .isTrue();
        assertThat(NeedsCondition.isRequired("pgbouncer", "pgbouncer2")).isFalse();
        assertThat(NeedsCondition.isRequired("pgbouncer", null)).isFalse();
    }

    @Test
    void findsPrograms() {
        assertThat(Programs.find("sh")).isPresent();
        assertThat(Programs.find("no such program")).isEmpty();
    }
}
