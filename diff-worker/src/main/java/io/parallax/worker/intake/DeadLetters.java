package io.parallax.worker.intake;

import io.parallax.contract.UnreadableMessageException;
import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.MutinyEmitter;
import io.smallrye.reactive.messaging.kafka.api.OutgoingKafkaRecordMetadata;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.jboss.logging.Logger;

/** Sets unreadable records aside, as they came, so that they block nobody. */
@ApplicationScoped
public class DeadLetters {
    private static final Logger LOG = Logger.getLogger(DeadLetters.class);

    private final MutinyEmitter<byte[]> deadLetters;

    DeadLetters(@Channel("worker-dead-letter-out") MutinyEmitter<byte[]> deadLetters) {
        this.deadLetters = deadLetters;
    }

    /** Acknowledges the record once the dead-letter topic has it. */
    Uni<Void> bury(Message<byte[]> message, UnreadableMessageException why) {
        String reason = String.valueOf(why.getMessage());
        LOG.warnf("an unreadable record goes to the dead letters: %s", reason);
        return deadLetters
                .sendMessage(Message.of(message.getPayload())
                        .addMetadata(OutgoingKafkaRecordMetadata.<String>builder()
                                .withHeaders(new RecordHeaders().add("reason", reason.getBytes(StandardCharsets.UTF_8)))
                                .build()))
                .onFailure()
                .retry()
                .withBackOff(Duration.ofMillis(500), Duration.ofSeconds(10))
                .indefinitely()
                .flatMap(sent -> Intake.acknowledge(message));
    }
}
