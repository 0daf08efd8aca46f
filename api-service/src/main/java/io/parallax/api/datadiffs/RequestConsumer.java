package io.parallax.api.datadiffs;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parallax.api.events.RequestAnswers;
import io.parallax.api.messaging.Channels;
import io.parallax.api.problems.InvalidRequestException;
import io.parallax.api.problems.ProblemException;
import io.parallax.api.problems.StoreOutage;
import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.kafka.api.IncomingKafkaRecordMetadata;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.apache.kafka.common.header.Header;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.jboss.logging.Logger;

/**
 * Takes requests for diffs from {@link io.parallax.contract.Topics#REQUESTS}, checked as if they were posted; each is answered by an
 * event. Who may write to the topic may ask for diffs: that is up to Kafka's own access control.
 */
@ApplicationScoped
public class RequestConsumer {
    private static final Logger LOG = Logger.getLogger(RequestConsumer.class);
    private static final String ID = "ce_id";
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    private final NewDiffs newDiffs;
    private final RequestAnswers answers;
    private final ObjectMapper mapper;
    private final long userId;

    RequestConsumer(
            NewDiffs newDiffs,
            RequestAnswers answers,
            ObjectMapper mapper,
            @ConfigProperty(name = "parallax.requests.user-id", defaultValue = "1") long userId) {
        this.newDiffs = newDiffs;
        this.answers = answers;
        this.mapper = mapper;
        this.userId = userId;
    }

    /** A request with an id (header {@code ce_id}) makes one diff, however often it comes. */
    @Incoming(Channels.REQUESTS)
    public Uni<Void> consume(Message<byte[]> message) {
        String id = header(message, ID).orElseGet(() -> UUID.randomUUID().toString());
        return Uni.createFrom()
                .deferred(() -> newDiffs.add(userId, message.getPayload(), "message:" + id, null))
                .onFailure(StoreOutage::caused)
                .invoke(failure -> LOG.warnf("A request waits for the store: %s", failure.getMessage()))
                .onFailure(StoreOutage::caused)
                .retry()
                .withBackOff(FIRST_PAUSE, LONGEST_PAUSE)
                .indefinitely()
                .chain(made -> answers.accepted(id, made.diff().id))
                .onFailure()
                .recoverWithUni(failure -> answers.refused(id, reasons(failure)))
                .onFailure()
                .invoke(failure -> LOG.warnf("The answer to request %s is lost: %s", id, failure.getMessage()))
                .onFailure()
                .recoverWithNull()
                .chain(() -> Uni.createFrom().completionStage(message.ack()));
    }

    private ObjectNode reasons(Throwable failure) {
        ObjectNode data = mapper.createObjectNode();
        if (failure instanceof InvalidRequestException invalid) {
            data.set("detail", mapper.valueToTree(invalid.faults()));
        } else if (failure instanceof ProblemException problem) {
            data.put("detail", problem.getMessage());
        } else {
            LOG.errorf(failure, "A request by message failed");
            data.put("detail", "This is a fault of the service; its log tells more.");
        }
        return data;
    }

    private static Optional<String> header(Message<byte[]> message, String name) {
        return message.getMetadata(IncomingKafkaRecordMetadata.class)
                .map(metadata -> metadata.getHeaders().lastHeader(name))
                .map(Header::value)
                .map(value -> new String(value, StandardCharsets.UTF_8));
    }
}
