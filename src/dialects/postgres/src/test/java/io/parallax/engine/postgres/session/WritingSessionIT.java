package io.parallax.engine.postgres.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.parallax.contract.DiffFailedException;
import io.parallax.contract.ErrorType;
import io.parallax.contract.SourceDetails;
import io.parallax.engine.TestServer;
import io.parallax.engine.session.Cancellation;
import io.parallax.engine.session.ConnectionSettings;
import io.parallax.engine.session.Session;
import io.parallax.engine.session.Waiter;
import io.parallax.engine.session.WritingSession;
import io.parallax.engine.write.Tables;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WritingSessionIT {
    private static final Waiter SOMEBODY = LockWaiters.of("AccessExclusiveLock", "alter table x", null);
    private static final PostgresSessions SESSIONS = new PostgresSessions(ConnectionSettings.DEFAULT);

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
        try (PostgresSession reader = PostgresSession.of(SESSIONS.open(TestServer.source(), new Cancellation()))) {
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
        try (PostgresWritingSession writer = SESSIONS.openToWrite(TestServer.source(), new Cancellation())) {
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

    /** Who reads what is to be dropped is in our way, and we must not be in that of who wants to read it, too. */
    @ParameterizedTest
    @ValueSource(ints = {1, 20})
    void letsOthersReadWhatItWantsToDrop(int most) throws Exception {
        TestServer.run("create table if not exists copied.result (n int)");
        SourceDetails source = new SourceDetails("pg", TestServer.options(), most);
        try (Connection first = TestServer.connect();
                Connection second = TestServer.connect();
                Statement reading = first.createStatement();
                Statement bystanding = second.createStatement()) {
            first.setAutoCommit(false);
            reading.execute("select from copied.result");
            CompletableFuture<Void> dropping = CompletableFuture.runAsync(
                    () -> new Tables(SESSIONS).drop(source, "copied", "result", new Cancellation()));
            TestServer.awaitOne(
                    "select count(*) from pg_locks where not granted and relation = 'copied.result'::regclass", 1);

            bystanding.execute("set statement_timeout to '6s'; select from copied.result");

            assertThat(dropping)
                    .failsWithin(Duration.ofSeconds(6))
                    .withThrowableThat()
                    .havingCause()
                    .asInstanceOf(type(DiffFailedException.class))
                    .extracting(e -> e.failure().type())
                    .isEqualTo(ErrorType.TIMEOUT);
        }
    }

    /** Longer than for a lock that keeps others waiting. */
    @Test
    void waitsForWhoDoesTheSame() {
        try (WritingSession first = SESSIONS.openToWrite(TestServer.source(), new Cancellation())) {
            first.alone("copied");
            CompletableFuture<Void> second = CompletableFuture.runAsync(() -> {
                try (WritingSession session = SESSIONS.openToWrite(TestServer.source(), new Cancellation())) {
                    session.alone("copied");
                    assertThat(session.texts("show lock_timeout")).containsExactly("2s");
                }
            });
            assertThatThrownBy(() -> second.get(3, TimeUnit.SECONDS)).isInstanceOf(TimeoutException.class);
            first.commit();
            assertThat(second).succeedsWithin(Duration.ofSeconds(10));
        }
    }
}
