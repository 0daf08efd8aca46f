package io.parallax.api.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parallax.contract.UnreadableMessageException;
import io.smallrye.mutiny.Uni;
import io.vertx.core.VertxException;
import io.vertx.core.impl.NoStackTraceThrowable;
import io.vertx.pgclient.PgException;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.kafka.common.errors.NetworkException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PerseveranceTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    /** More than a bad message is worth. */
    private static final int OFTEN = 5;

    private final AtomicInteger tries = new AtomicInteger();

    private Uni<String> failing(Throwable failure, int times) {
        return tries.incrementAndGet() > times
                ? Uni.createFrom().item("done")
                : Uni.createFrom().failure(failure);
    }

    private Uni<String> unlessBad(Throwable failure, int times) {
        return Perseverance.unlessBad("A test", () -> failing(failure, times), other -> false, passing -> {});
    }

    static Stream<Throwable> outages() {
        return Stream.of(
                new VertxException("Timeout waiting for connection", true),
                new NoStackTraceThrowable("whatever the client has no type for"),
                new ClosedChannelException(),
                answer("57014"),
                answer("57P01"),
                answer("53300"),
                answer("53100"),
                answer("40P01"),
                answer("40001"),
                answer("55P03"),
                answer("25006"),
                answer("42P01"),
                answer("XX000"),
                new NetworkException("Kafka is away"),
                new IllegalStateException("something that nobody has thought of"),
                new NoClassDefFoundError("something"));
    }

    private static PgException answer(String state) {
        return new PgException("no", "ERROR", state, null);
    }

    @ParameterizedTest
    @MethodSource("outages")
    void whatSaysNothingOfTheMessagePasses(Throwable failure) {
        assertThat(BadMessage.caused(failure)).isFalse();
        assertThat(BadMessage.caused(new IllegalStateException("Retries exhausted: 3/3", failure)))
                .isFalse();
    }

    @Test
    void anOutageTakesAsLongAsItTakes() {
        assertThat(unlessBad(answer("57P03"), OFTEN).await().atMost(PATIENCE)).isEqualTo("done");
        assertThat(tries).hasValue(OFTEN + 1);
    }

    static Stream<Throwable> faults() {
        return Stream.of(
                answer("22021"),
                answer("23503"),
                answer("54000"),
                new IllegalArgumentException("other columns"),
                new NullPointerException("nothing there"));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void whatIsNotValidIsBad(Throwable failure) {
        assertThat(BadMessage.caused(failure)).isTrue();
        assertThat(BadMessage.caused(new IllegalStateException("Retries exhausted: 3/3", failure)))
                .isTrue();
    }

    @Test
    void aMessageThatIsNotValidHasFewTries() {
        assertThatThrownBy(() ->
                        unlessBad(answer("22021"), Integer.MAX_VALUE).await().atMost(PATIENCE))
                .isInstanceOf(PgException.class);
        assertThat(tries).hasValue(4);
    }

    @Test
    void oneThatCannotBeReadHasNone() {
        assertThatThrownBy(() -> unlessBad(new UnreadableMessageException("no", null), Integer.MAX_VALUE)
                        .await()
                        .atMost(PATIENCE))
                .hasRootCauseInstanceOf(UnreadableMessageException.class);
        assertThat(tries).hasValue(1);
    }

    @Test
    void whatThrowsAtOnceIsTriedAgainLikewise() {
        assertThat(Perseverance.always("A test", () -> {
                            if (tries.incrementAndGet() <= OFTEN) {
                                throw new NoClassDefFoundError("expected by this test");
                            }
                            return Uni.createFrom().item("done");
                        })
                        .await()
                        .atMost(PATIENCE))
                .isEqualTo("done");
    }

    @Test
    void anAnswerIsFinal() {
        IllegalStateException answer = new IllegalStateException("no");
        assertThatThrownBy(() -> Perseverance.unlessBad(
                                "A test",
                                () -> failing(answer, Integer.MAX_VALUE),
                                failure -> failure == answer,
                                passing -> {})
                        .await()
                        .atMost(PATIENCE))
                .isSameAs(answer);
        assertThat(tries).hasValue(1);
    }
}
