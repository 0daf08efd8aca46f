package io.parallax.api.reports;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.parallax.api.messaging.Channels;
import io.parallax.api.messaging.Perseverance;
import io.parallax.contract.Topics;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.MutinyEmitter;
import io.smallrye.reactive.messaging.kafka.api.OutgoingKafkaRecordMetadata;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Stream;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.jspecify.annotations.Nullable;

/** Where records go that nobody can read. */
@ApplicationScoped
public class DeadLetters {
    /** The header that says why. */
    public static final String REASON = "reason";

    /** The header that says what topic it was on. */
    public static final String TOPIC = "topic";

    private static final int MOST_OF_A_REASON = 1000;
    private static final int BEGINNING = 1 << 16;

    /** Kafka's own is shorter; an emitter whose channel has ended says nothing at all. */
    private static final Duration PATIENCE = Duration.ofSeconds(25);

    private final MutinyEmitter<byte[]> channel;

    private final Counter letters;

    DeadLetters(@Channel(Channels.DEAD_LETTER) MutinyEmitter<byte[]> channel, MeterRegistry meters) {
        this.channel = channel;
        this.letters = Counter.builder("parallax.dead.letters")
                .description("Records that nobody could read and that went to the dead letters")
                .register(meters);
    }

    /** So that the counter is there before the first one. */
    void beginWithZero(@Observes StartupEvent event) {}

    /** Puts a record aside as it came, however long it takes; of one that the topic does not take, a beginning that it does. */
    Uni<Void> add(byte @Nullable [] key, byte[] value, String reason) {
        return Perseverance.<Void>unless("A dead letter", () -> send(key, value, reason), DeadLetters::isTooLarge)
                .onFailure(DeadLetters::isTooLarge)
                .recoverWithUni(failure -> Perseverance.always(
                        "The beginning of a dead letter",
                        () -> send(key, Arrays.copyOf(value, Math.min(value.length, BEGINNING)), "(cut) " + reason)));
    }

    private static boolean isTooLarge(Throwable failure) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
                .anyMatch(RecordTooLargeException.class::isInstance);
    }

    private Uni<Void> send(byte @Nullable [] key, byte[] value, String reason) {
        OutgoingKafkaRecordMetadata.OutgoingKafkaRecordMetadataBuilder<byte[]> metadata =
                OutgoingKafkaRecordMetadata.<byte[]>builder()
                        .withHeaders(new RecordHeaders()
                                .add(REASON, shortened(reason).getBytes(StandardCharsets.UTF_8))
                                .add(TOPIC, Topics.RESULTS.getBytes(StandardCharsets.UTF_8)));
        if (key != null) {
            metadata.withKey(key);
        }
        return channel.sendMessage(Message.of(value).addMetadata(metadata.build()))
                .ifNoItem()
                .after(PATIENCE)
                .fail()
                .invoke(() -> letters.increment());
    }

    private static String shortened(String reason) {
        return reason.substring(0, Math.min(reason.length(), MOST_OF_A_REASON));
    }
}
