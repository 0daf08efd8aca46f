package io.parallax.engine.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.parallax.contract.DiffFailedException;
import io.parallax.engine.Cancellation;
import io.parallax.engine.EngineSettings;
import io.parallax.engine.TestServer;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class WritingSessionIT {
    private static final Waiter SOMEBODY = Waiter.of("AccessExclusiveLock", "alter table x", null);
    private static final Sessions SESSIONS = new Sessions(EngineSettings.DEFAULT);

    @BeforeAll
    static void table() {
        TestServer.run("drop schema if exists copied cascade", "create schema copied", "create table copied.t (n int)");
    }

    @AfterAll
    static void drop() {
        TestServer.run("drop schema copied cascade");
    }

    /** The connection goes at any moment around the one in which the copy is ended. */
    @Test
    void endsACopyWhoseRowsFailWhileItGivesWay() {
        Random random = new Random(7);
        try (Session reader = SESSIONS.open(TestServer.source(), new Cancellation())) {
            long usual = 2_000_000;
            for (int round = 0; round < 400; round++) {
                long took = givesWayAfter(Math.round(usual * (0.6 + random.nextDouble() / 2)), reader);
                usual += (took - usual) / 10;
                reader.restart();
            }
        }
    }

    /** How long the copy took, in nanoseconds. */
    private static long givesWayAfter(long nanos, Session reader) {
        try (WritingSession writer = SESSIONS.openToWrite(TestServer.source(), new Cancellation())) {
            long started = System.nanoTime();
            CompletableFuture<Long> copy = CompletableFuture.supplyAsync(() -> {
                try {
                    writer.copyFrom(reader, "select 1 / 0", "copied.t");
                    throw new IllegalStateException("there is nothing to be copied");
                } catch (DiffFailedException e) {
                    return System.nanoTime() - started;
                }
            });
            while (System.nanoTime() - started < nanos) {
                Thread.onSpinWait();
            }
            writer.giveWay(SOMEBODY);

            assertThat(copy).succeedsWithin(Duration.ofSeconds(10));
            return copy.join();
        }
    }
}
