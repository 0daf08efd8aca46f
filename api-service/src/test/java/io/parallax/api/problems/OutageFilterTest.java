package io.parallax.api.problems;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.VertxException;
import io.vertx.pgclient.PgException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.Level;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OutageFilterTest {
    private static ExtLogRecord line(Throwable thrown) {
        ExtLogRecord line = new ExtLogRecord(Level.ERROR, "%s failed", ExtLogRecord.FormatStyle.PRINTF, "any");
        line.setParameters(new Object[] {"It"});
        line.setThrown(thrown);
        return line;
    }

    @Test
    void oneOfThousandsIsALine() {
        // When
        long begun = System.nanoTime();
        List<ExtLogRecord> said = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            ExtLogRecord line = line(new IllegalStateException(new ConnectException("refused")));
            if (new OutageFilter().isLoggable(line)) {
                said.add(line);
            }
        }
        long seconds = Duration.ofNanos(System.nanoTime() - begun).toSeconds();

        // Then
        assertThat(said).hasSizeLessThanOrEqualTo((int) seconds + 2).allSatisfy(line -> {
            assertThat(line.getThrown()).isNull();
            assertThat(line.getFormattedMessage())
                    .startsWith("It failed: java.lang.IllegalStateException")
                    .contains("refused");
        });
    }

    @Test
    void everythingElseIsSaidAsItWas() {
        for (Throwable thrown : new Throwable[] {
            null, new IllegalStateException("ours"), new PgException("syntax error", "ERROR", "42601", null)
        }) {
            ExtLogRecord line = line(thrown);
            assertThat(new OutageFilter().isLoggable(line)).isTrue();
            assertThat(line.getThrown()).isSameAs(thrown);
            assertThat(line.getFormattedMessage()).isEqualTo("It failed");
        }
    }

    /** As Vert.x does where a connection neither comes in time nor in the end. */
    @Test
    void aPoolThatGivesUpTwiceIsALineToo() {
        IllegalStateException twice = new IllegalStateException("Result is already complete");
        twice.setStackTrace(new StackTraceElement[] {
            new StackTraceElement("io.vertx.core.Promise", "fail", "Promise.java", 90),
            new StackTraceElement(
                    "io.vertx.sqlclient.impl.pool.SqlConnectionPool", "lambda$execute$3", "SqlConnectionPool.java", 216)
        });
        ExtLogRecord line = line(twice);
        assertThat(new OutageFilter().isLoggable(line) && line.getThrown() != null)
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"io.vertx.core.impl.BlockedThreadChecker", "io.quarkus.runtime.Application"})
    void threadsThatStandStillAndServicesThatDoNotStartAreToldOfAsEver(String logger) {
        for (int i = 0; i < 3; i++) {
            ExtLogRecord line = line(new VertxException("Thread blocked"));
            line.setLoggerName(logger);
            assertThat(new OutageFilter().isLoggable(line)).isTrue();
            assertThat(line.getThrown()).isNotNull();
        }
    }

    @Test
    void heldBackOnesAreCounted() {
        AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 5);
        Throttle throttle = new Throttle(Duration.ofNanos(10), clock::get);
        assertThat(throttle.pass()).isEqualTo(OptionalLong.of(0));
        assertThat(throttle.pass()).isEmpty();
        clock.addAndGet(9);
        assertThat(throttle.pass()).isEmpty();
        clock.addAndGet(1);
        assertThat(throttle.pass()).isEqualTo(OptionalLong.of(2));
        clock.addAndGet(100);
        assertThat(throttle.pass()).isEqualTo(OptionalLong.of(0));
    }
}
