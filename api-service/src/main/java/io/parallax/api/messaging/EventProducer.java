package io.parallax.api.messaging;

import io.parallax.api.health.KafkaState;
import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.MutinyEmitter;
import io.smallrye.reactive.messaging.kafka.api.OutgoingKafkaRecordMetadata;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.OnOverflow;

/** Sends events to whoever reads {@link io.parallax.contract.Topics#EVENTS}. */
@ApplicationScoped
public class EventProducer {
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final int MOST_WAITING = 1000;

    private final MutinyEmitter<byte[]> events;
    private final KafkaState kafka;

    EventProducer(
            @Channel(Channels.EVENTS) @OnOverflow(value = OnOverflow.Strategy.BUFFER, bufferSize = MOST_WAITING)
                    MutinyEmitter<byte[]> events,
            KafkaState kafka) {
        this.events = events;
        this.kafka = kafka;
    }

    /** Sends an event about the diff of this id; done when Kafka has it. */
    public Uni<Void> send(long diff, byte[] event, String contentType) {
        OutgoingKafkaRecordMetadata<String> metadata = OutgoingKafkaRecordMetadata.<String>builder()
                .withKey(Long.toString(diff))
                .withHeaders(new RecordHeaders().add("content-type", contentType.getBytes(StandardCharsets.UTF_8)))
                .build();
        return Uni.createFrom()
                .deferred(() -> {
                    kafka.requireTopics();
                    return events.sendMessage(Message.of(event).addMetadata(metadata));
                })
                .ifNoItem()
                .after(PATIENCE)
                .fail();
    }
}
