package io.parallax.api.datadiffs;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parallax.api.events.RequestAnswers;
import io.parallax.api.messaging.BadMessage;
import io.parallax.api.messaging.Channels;
import io.parallax.api.messaging.Perseverance;
import io.parallax.api.problems.InvalidRequestException;
import io.parallax.api.problems.ProblemException;
import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.kafka.api.IncomingKafkaRecordMetadata;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
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

    /**
     * A request with an id (header {@code ce_id}) makes one diff, however often it comes; one without goes by its place on the topic.
     * Whether it is accepted is decided once; the answer is given until Kafka has it, then the request is acknowledged. Never fails,
     * as that would end the channel.
     */
    @Incoming(Channels.REQUESTS)
    public Uni<Void> consume(Message<byte[]> message) {
        String id = id(message);
        return decided(id, BadMessage.bytes(message))
                .chain(answer -> Perseverance.unless("The answer to request " + id, answer, RequestAnswers::isTooLarge))
                .onFailure()
                .invoke(failure -> LOG.errorf("The answer to request %s is too large to be given: %s", id, failure))
                .onFailure()
                .recoverWithNull()
                .chain(() -> Perseverance.always(
                        "Acknowledging request " + id, () -> Uni.createFrom().completionStage(message::ack)));
    }

    /** What is to be answered. */
    private Uni<Supplier<Uni<? extends Void>>> decided(String id, byte[] body) {
        return Perseverance.unlessBad(
                        "Request " + id,
                        () -> newDiffs.add(userId, body, "message:" + id, null),
                        RequestConsumer::isAnswer,
                        failure -> {})
                .<Supplier<Uni<? extends Void>>>map(made -> () -> answers.accepted(id, made.diff().id))
                .onFailure()
                .recoverWithItem(failure -> {
                    ObjectNode reasons = reasons(failure);
                    return () -> answers.refused(id, reasons);
                });
    }

    private static boolean isAnswer(Throwable failure) {
        return failure instanceof InvalidRequestException
                || failure instanceof ProblemException && !(failure instanceof BeingHandledException);
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

    /** Its own, or that of its place, which is the same however often it is read; a topic that is made anew has other times. */
    private static String id(Message<byte[]> message) {
        return header(message, ID)
                .or(() -> message.getMetadata(IncomingKafkaRecordMetadata.class).map(place -> "%s/%d/%d/%d"
                        .formatted(
                                place.getTopic(),
                                place.getPartition(),
                                place.getOffset(),
                                place.getTimestamp().toEpochMilli())))
                .orElseGet(() -> UUID.randomUUID().toString());
    }

    private static Optional<String> header(Message<byte[]> message, String name) {
        return message.getMetadata(IncomingKafkaRecordMetadata.class)
                .map(metadata -> metadata.getHeaders().lastHeader(name))
                .map(Header::value)
                .map(value -> new String(value, StandardCharsets.UTF_8));
    }
}
