package io.parallax.api.reports;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.MutinyEmitter;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import org.apache.kafka.common.errors.NetworkException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.junit.jupiter.api.Test;

class DeadLettersTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Deque<RuntimeException> failures = new ArrayDeque<>();
    private final List<byte[]> kept = new ArrayList<>();
    private final DeadLetters letters = new DeadLetters(emitter(), new SimpleMeterRegistry());

    @SuppressWarnings("unchecked")
    private MutinyEmitter<byte[]> emitter() {
        return (MutinyEmitter<byte[]>) Proxy.newProxyInstance(
                DeadLettersTest.class.getClassLoader(),
                new Class<?>[] {MutinyEmitter.class},
                (proxy, method, args) -> Uni.createFrom().deferred(() -> send((Message<byte[]>) args[0])));
    }

    private Uni<Void> send(Message<byte[]> message) {
        if (!failures.isEmpty()) {
            return Uni.createFrom().failure(failures.remove());
        }
        kept.add(message.getPayload());
        return Uni.createFrom().voidItem();
    }

    @Test
    void aRecordIsKeptHoweverLongItTakes() {
        failures.addAll(Collections.nCopies(5, new NetworkException("expected by this test")));
        byte[] record = "record".getBytes(StandardCharsets.UTF_8);
        letters.add(null, record, "why").await().atMost(PATIENCE);
        assertThat(kept).containsExactly(record);
    }

    @Test
    void ofOneThatIsTooLargeTheBeginningIsKept() {
        failures.add(new RecordTooLargeException("expected by this test"));
        byte[] record = new byte[1 << 20];
        letters.add(null, record, "x".repeat(1 << 20)).await().atMost(PATIENCE);
        assertThat(kept).singleElement().satisfies(beginning -> assertThat(beginning)
                .hasSizeLessThan(record.length)
                .isNotEmpty());
    }
}
