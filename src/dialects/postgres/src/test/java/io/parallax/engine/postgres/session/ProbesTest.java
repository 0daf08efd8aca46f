package io.parallax.engine.postgres.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.parallax.contract.DiffFailedException;
import io.parallax.contract.ErrorType;
import io.parallax.engine.session.Cancellation;
import java.lang.reflect.Proxy;
import java.net.SocketTimeoutException;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ProbesTest {
    private static final Probes.Server SERVER = new Probes.Server("db", 5432, "shop");
    private static final DiffFailedException SILENCE = new DiffFailedException(
            ErrorType.SOURCE_UNREACHABLE, "no answer", new SocketTimeoutException("expected by this test"));
    private static final DiffFailedException REFUSAL =
            new DiffFailedException(ErrorType.SOURCE_UNREACHABLE, "connection refused");

    private final AtomicLong clock = new AtomicLong();
    private final Probes probes = new Probes(clock::get);
    private final List<Asked> asked = new CopyOnWriteArrayList<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    /** A connection on its way: what the test makes come of it, and who is told of its first byte. */
    private record Asked(CompletableFuture<Connection> outcome, Runnable heard) {}

    private CompletableFuture<Connection> connecting() {
        return connecting(new Cancellation());
    }

    private CompletableFuture<Connection> connecting(Cancellation cancellation) {
        return CompletableFuture.supplyAsync(() -> probes.connect(SERVER, cancellation, this::ask), threads)
                .orTimeout(20, TimeUnit.SECONDS);
    }

    private Connection ask(Runnable heard) {
        Asked one = new Asked(new CompletableFuture<>(), heard);
        asked.add(one);
        try {
            return one.outcome().join();
        } catch (CompletionException e) {
            throw (DiffFailedException) e.getCause();
        }
    }

    private void awaitAsked(int number) {
        await().until(() -> asked.size() == number);
    }

    private static Connection connection() {
        return (Connection) Proxy.newProxyInstance(
                ProbesTest.class.getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                    throw new UnsupportedOperationException(method.getName());
                });
    }

    private void answersOnce() {
        CompletableFuture<Connection> first = connecting();
        awaitAsked(1);
        asked.get(0).outcome().complete(connection());
        first.join();
        asked.clear();
    }

    private static void assertSilent(CompletableFuture<Connection> connecting) {
        assertThatThrownBy(connecting::join)
                .hasCauseInstanceOf(DiffFailedException.class)
                .satisfies(e -> assertThat(((DiffFailedException) e.getCause()).silent())
                        .isTrue());
    }

    @Test
    void ofAStrangerNothingIsAskedTwiceUntilItAnswers() {
        CompletableFuture<Connection> first = connecting();
        awaitAsked(1);
        CompletableFuture<Connection> second = connecting();
        await().during(Duration.ofMillis(200)).until(() -> asked.size() == 1);
        asked.get(0).heard().run();
        awaitAsked(2);
        asked.forEach(one -> one.outcome().complete(connection()));
        assertThat(List.of(first.join(), second.join())).hasSize(2);
    }

    @Test
    void whoKnowsThatItAnswersAsksSideBySide() {
        answersOnce();
        List<CompletableFuture<Connection>> all = List.of(connecting(), connecting(), connecting());
        awaitAsked(3);
        asked.forEach(one -> one.outcome().complete(connection()));
        all.forEach(CompletableFuture::join);
    }

    @Test
    void allFailWithTheOneThatHasWaitedInVain() {
        List<CompletableFuture<Connection>> all = List.of(connecting(), connecting(), connecting());
        awaitAsked(1);
        asked.get(0).outcome().completeExceptionally(SILENCE);
        all.forEach(ProbesTest::assertSilent);
        assertSilent(connecting());
        assertThat(asked).hasSize(1);
    }

    @Test
    void aWhileLaterItIsAskedAgain() {
        CompletableFuture<Connection> first = connecting();
        awaitAsked(1);
        asked.get(0).outcome().completeExceptionally(SILENCE);
        assertSilent(first);
        clock.addAndGet(Probes.SHARED_NANOS);
        List<CompletableFuture<Connection>> all = List.of(connecting(), connecting());
        awaitAsked(2);
        asked.get(1).heard().run();
        awaitAsked(3);
        asked.forEach(one -> one.outcome().complete(connection()));
        all.forEach(CompletableFuture::join);
    }

    /** A server that stops to answer is soon one that nobody knows. */
    @Test
    void whoHasWaitedForLongIsWaitedFor() {
        answersOnce();
        CompletableFuture<Connection> first = connecting();
        awaitAsked(1);
        clock.addAndGet(Probes.SLOW_NANOS);
        CompletableFuture<Connection> second = connecting();
        awaitAsked(2);
        CompletableFuture<Connection> third = connecting();
        await().during(Duration.ofMillis(200)).until(() -> asked.size() == 2);
        asked.get(0).outcome().completeExceptionally(SILENCE);
        assertSilent(first);
        assertSilent(third);
        asked.get(1).outcome().completeExceptionally(SILENCE);
        assertSilent(second);
    }

    /** As where one of several behind an address is dead. */
    @Test
    void oneThatIsLostIsNobodyElsesLoss() {
        answersOnce();
        CompletableFuture<Connection> first = connecting();
        awaitAsked(1);
        asked.get(0).outcome().completeExceptionally(SILENCE);
        assertSilent(first);
        CompletableFuture<Connection> second = connecting();
        awaitAsked(2);
        asked.get(1).outcome().complete(connection());
        second.join();
    }

    /** As behind a pooler whose connections are all in use. */
    @Test
    void whoWasHeardOfIsNotSilent() {
        CompletableFuture<Connection> first = connecting();
        awaitAsked(1);
        asked.get(0).heard().run();
        clock.addAndGet(Probes.KNOWN_NANOS);
        CompletableFuture<Connection> second = connecting();
        awaitAsked(2);
        asked.get(0).outcome().completeExceptionally(SILENCE);
        assertThatThrownBy(first::join).hasCause(SILENCE);
        asked.get(1).outcome().complete(connection());
        second.join();
    }

    @Test
    void whoIsRefusedAtOnceFailsAlone() {
        List<CompletableFuture<Connection>> all = List.of(connecting(), connecting());
        awaitAsked(1);
        asked.get(0).outcome().completeExceptionally(REFUSAL);
        awaitAsked(2);
        asked.get(1).outcome().complete(connection());
        assertThat(all).satisfiesOnlyOnce(one -> assertThatThrownBy(one::join).hasCause(REFUSAL));
    }

    @Test
    void whoIsStoppedWaitsNoLonger() {
        connecting();
        awaitAsked(1);
        Cancellation cancellation = new Cancellation();
        CompletableFuture<Connection> second = connecting(cancellation);
        cancellation.cancel();
        assertThatThrownBy(second::join).cause().isInstanceOfSatisfying(DiffFailedException.class, e -> assertThat(
                        e.failure().type())
                .isEqualTo(ErrorType.CANCELLED));
    }
}
