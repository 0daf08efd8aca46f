package io.parallax.api.reports;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.parallax.api.messaging.Channels;
import io.parallax.contract.Topics;
import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.MutinyEmitter;
import io.smallrye.reactive.messaging.kafka.api.OutgoingKafkaRecordMetadata;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
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

    private final MutinyEmitter<byte[]> channel;

    private final Counter letters;

    DeadLetters(@Channel(Channels.DEAD_LETTER) MutinyEmitter<byte[]> channel, MeterRegistry meters) {
        this.channel = channel;
        this.letters = meters.counter("parallax.dead.letters");
    }

    /** Puts a record aside as it came. */
    Uni<Void> add(byte @Nullable [] key, byte[] value, String reason) {
        OutgoingKafkaRecordMetadata.OutgoingKafkaRecordMetadataBuilder<byte[]> metadata =
                OutgoingKafkaRecordMetadata.<byte[]>builder()
                        .withHeaders(new RecordHeaders()
                                .add(REASON, reason.getBytes(StandardCharsets.UTF_8))
                                .add(TOPIC, Topics.RESULTS.getBytes(StandardCharsets.UTF_8)));
        if (key != null) {
            metadata.withKey(key);
        }
        return channel.sendMessage(Message.of(value).addMetadata(metadata.build()))
                .invoke(() -> letters.increment());
    }
}
