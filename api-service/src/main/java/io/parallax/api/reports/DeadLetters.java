package io.parallax.api.reports;

import io.parallax.api.messaging.Channels;
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

    private final MutinyEmitter<byte[]> channel;

    DeadLetters(@Channel(Channels.DEAD_LETTER) MutinyEmitter<byte[]> channel) {
        this.channel = channel;
    }

    /** Puts a record aside as it came. */
    Uni<Void> add(byte @Nullable [] key, byte[] value, String reason) {
        OutgoingKafkaRecordMetadata.OutgoingKafkaRecordMetadataBuilder<byte[]> metadata =
                OutgoingKafkaRecordMetadata.<byte[]>builder()
                        .withHeaders(new RecordHeaders().add(REASON, reason.getBytes(StandardCharsets.UTF_8)));
        if (key != null) {
            metadata.withKey(key);
        }
        return channel.sendMessage(Message.of(value).addMetadata(metadata.build()));
    }
}
