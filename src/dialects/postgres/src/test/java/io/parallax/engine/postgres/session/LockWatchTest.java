package io.parallax.engine.postgres.session;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.parallax.contract.SourceDetails;
import io.parallax.engine.session.ConnectionSettings;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class LockWatchTest {
    private static final LockWatch.Connecting NOWHERE = () -> {
        throw new SQLException("there is no server");
    };

    private static final Logger LOGGER = Logger.getLogger(LockWatch.class.getName());

    @BeforeAll
    static void quiet() {
        LOGGER.setUseParentHandlers(false);
    }

    @AfterAll
    static void loud() {
        LOGGER.setUseParentHandlers(true);
    }

    /** Each test has its own, as a look goes on for a second. */
    private final SourceDetails source =
            new SourceDetails("pg", JsonNodeFactory.instance.objectNode().put("host", UUID.randomUUID() + ".invalid"));

    private final LockWatches watches = new LockWatches();

    private LockWatch entered(ConnectionSettings settings) {
        return watches.enter(source, settings, NOWHERE);
    }

    @Test
    void allWhoAreThereHaveOne() {
        try (LockWatch first = entered(ConnectionSettings.DEFAULT);
                LockWatch second = entered(ConnectionSettings.DEFAULT)) {
            assertThat(second).isSameAs(first);
        }
    }

    /** A source that never answers would leave one behind for each time that its details change. */
    @Test
    void nothingIsLeftOfOneThatNobodyIsAtAnyMore() {
        LockWatch first = entered(ConnectionSettings.DEFAULT);
        LockWatch second = entered(ConnectionSettings.DEFAULT);
        first.close();
        try (LockWatch third = entered(ConnectionSettings.DEFAULT)) {
            assertThat(third).isSameAs(second);
        }
        second.close();

        try (LockWatch later = entered(ConnectionSettings.DEFAULT)) {
            assertThat(later).isNotSameAs(first);
        }
    }

    /** As it connects by their rules, such as which hosts are allowed. */
    @Test
    void otherSettingsHaveAnother() {
        ConnectionSettings others =
                new ConnectionSettings("parallax", Duration.ofSeconds(1), Duration.ofHours(1), "", "::/0");
        try (LockWatch first = entered(ConnectionSettings.DEFAULT);
                LockWatch second = entered(others)) {
            assertThat(second).isNotSameAs(first);
        }
    }

    @Test
    void aSessionStaysUntilItIsOver() {
        LockWatch first = entered(ConnectionSettings.DEFAULT);
        LockWatch.Watched session = first.watch(4711, waiter -> {});
        first.close();

        try (LockWatch second = entered(ConnectionSettings.DEFAULT)) {
            assertThat(second).isSameAs(first);
        }
        session.close();
        session.close();
    }

    /** Which may be full, or away, at the moment. */
    @Test
    void connectsAgainAndAgainYetSaysOnlyOnceThatItCannot() {
        AtomicInteger looks = new AtomicInteger();
        List<String> said = new CopyOnWriteArrayList<>();
        Handler listener = listener(said);
        LOGGER.addHandler(listener);
        try (LockWatch watch = watches.enter(secretive(), ConnectionSettings.DEFAULT, () -> {
                    looks.incrementAndGet();
                    throw new SQLException("too many clients", "53300");
                });
                LockWatch.Watched session = watch.watch(4711, waiter -> {})) {
            await(() -> looks.get() == 3);
        } finally {
            LOGGER.removeHandler(listener);
        }
        assertThat(said).singleElement().satisfies(line -> assertThat(line)
                .contains(source.options().path("host").asText(), "too many clients", "max_allowed_connections")
                .doesNotContain("hush"));
    }

    /** One for each source would be without end; and those who have given way must not wait for any of them. */
    @Test
    void aHundredSourcesThatDoNotAnswerTakeSomeThreadsOnly() throws InterruptedException {
        CountDownLatch answers = new CountDownLatch(1);
        List<AutoCloseable> entered = new ArrayList<>();
        AtomicInteger asked = new AtomicInteger();
        try {
            for (int i = 0; i < 100; i++) {
                LockWatch watch = watches.enter(
                        new SourceDetails("pg", source.options().deepCopy().put("port", i)),
                        ConnectionSettings.DEFAULT,
                        () -> {
                            asked.incrementAndGet();
                            awaitQuietly(answers);
                            throw new SQLException("it never answered");
                        });
                entered.add(watch);
                entered.add(watch.watch(4711, waiter -> {}));
            }
            await(() -> asked.get() == 64);
            CountDownLatch later = new CountDownLatch(1);
            watches.soon().execute(later::countDown);
            assertThat(later.await(5, TimeUnit.SECONDS)).isTrue();
            assertThat(asked).hasValue(64);

            answers.countDown();
            await(() -> asked.get() >= 100);
        } finally {
            answers.countDown();
            for (AutoCloseable each : entered) {
                closeQuietly(each);
            }
        }
    }

    /** Else its connection would stay. */
    @Test
    void looksOnceMoreAndLetsGoWhenAllAreClosed() {
        AtomicInteger looks = new AtomicInteger();
        LockWatch.Connecting connecting = () -> {
            looks.incrementAndGet();
            throw new SQLException("too many clients", "53300");
        };
        LockWatch watch = watches.enter(source, ConnectionSettings.DEFAULT, connecting);
        LockWatch.Watched session = watch.watch(4711, waiter -> {});
        watches.close();
        await(() -> looks.get() == 1);
        session.close();
        watch.close();

        await(() -> {
            try (LockWatch later = watches.enter(source, ConnectionSettings.DEFAULT, connecting)) {
                return later != watch;
            }
        });
        assertThat(looks).hasValue(1);
    }

    @Test
    void whoIsToGiveWayDoesSoAtOnceWhenAllAreClosed() {
        watches.close();
        AtomicReference<Thread> ran = new AtomicReference<>();
        watches.soon().execute(() -> ran.set(Thread.currentThread()));
        assertThat(ran).hasValue(Thread.currentThread());
    }

    private SourceDetails secretive() {
        return new SourceDetails("pg", source.options().deepCopy().put("password", "hush"));
    }

    private static Handler listener(List<String> said) {
        return new Handler() {
            @Override
            public void publish(LogRecord line) {
                said.add(line.getMessage());
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
    }

    private static void await(BooleanSupplier condition) {
        long started = System.nanoTime();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime() - started).isLessThan(TimeUnit.SECONDS.toNanos(20));
            LockSupport.parkNanos(10_000_000);
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void closeQuietly(AutoCloseable each) {
        try {
            each.close();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
