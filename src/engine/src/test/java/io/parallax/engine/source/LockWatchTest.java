package io.parallax.engine.source;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.parallax.contract.SourceDetails;
import io.parallax.engine.EngineSettings;
import java.sql.SQLException;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class LockWatchTest {
    private static final LockWatch.Connecting NOWHERE = () -> {
        throw new SQLException("there is no server");
    };

    /** Each test has its own, as a look goes on for a second. */
    private final SourceDetails source =
            new SourceDetails("pg", JsonNodeFactory.instance.objectNode().put("host", UUID.randomUUID() + ".invalid"));

    private LockWatch entered(EngineSettings settings) {
        return LockWatch.enter(source, settings, NOWHERE);
    }

    @Test
    void allWhoAreThereHaveOne() {
        try (LockWatch first = entered(EngineSettings.DEFAULT);
                LockWatch second = entered(EngineSettings.DEFAULT)) {
            assertThat(second).isSameAs(first);
        }
    }

    /** A source that never answers would leave one behind for each time that its details change. */
    @Test
    void nothingIsLeftOfOneThatNobodyIsAtAnyMore() {
        LockWatch first = entered(EngineSettings.DEFAULT);
        LockWatch second = entered(EngineSettings.DEFAULT);
        first.close();
        try (LockWatch third = entered(EngineSettings.DEFAULT)) {
            assertThat(third).isSameAs(second);
        }
        second.close();

        try (LockWatch later = entered(EngineSettings.DEFAULT)) {
            assertThat(later).isNotSameAs(first);
        }
    }

    /** As it connects by their rules, such as which hosts are allowed. */
    @Test
    void otherSettingsHaveAnother() {
        EngineSettings others = new EngineSettings(
                EngineSettings.DEFAULT.sizing(), "parallax", Duration.ofSeconds(1), Duration.ofHours(1), "", "::/0");
        try (LockWatch first = entered(EngineSettings.DEFAULT);
                LockWatch second = entered(others)) {
            assertThat(second).isNotSameAs(first);
        }
    }

    @Test
    void aSessionStaysUntilItIsOver() {
        LockWatch first = entered(EngineSettings.DEFAULT);
        LockWatch.Watched session = first.watch(4711, waiter -> {});
        first.close();

        try (LockWatch second = entered(EngineSettings.DEFAULT)) {
            assertThat(second).isSameAs(first);
        }
        session.close();
        session.close();
    }
}
