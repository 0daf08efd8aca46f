package io.parallax.api.datadiffs.message;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parallax.api.datadiffs.create.BeingHandledException;
import io.parallax.api.datadiffs.create.DiffCreation;
import io.parallax.api.events.RequestAnswers;
import io.parallax.api.messaging.BadMessage;
import io.parallax.api.messaging.Channels;
import io.parallax.api.messaging.Perseverance;
import io.parallax.api.problems.InvalidRequestException;
import io.parallax.api.problems.ProblemException;
import io.parallax.api.requests.OffTheLoop;
import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.kafka.api.IncomingKafkaRecordMetadata;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;
import java.util.function.Supplier;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
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

    private final DiffCreation creation;
    private final RequestAnswers answers;
    private final ObjectMapper mapper;
    private final long userId;

    RequestConsumer(
            DiffCreation creation,
            RequestAnswers answers,
            ObjectMapper mapper,
            @ConfigProperty(name = "parallax.requests.user-id", defaultValue = "1") long userId) {
        this.creation = creation;
        this.answers = answers;
        this.mapper = mapper;
        this.userId = userId;
    }

    /**
     * A request of one name makes one diff, however often it comes. Whether it is accepted is decided once; the answer is given until
     * Kafka has it, then the request is acknowledged. Never fails, as that would end the channel.
     */
    @Incoming(Channels.REQUESTS)
    public Uni<Void> consume(Message<byte[]> message) {
        byte[] value = BadMessage.bytes(message);
        String place = place(message);
        return OffTheLoop.run(value.length, () -> RequestEnvelope.open(headers(message), value, place))
                .onFailure()
                .invoke(failure -> LOG.errorf(failure, "Request %s cannot be opened", place))
                .onFailure()
                .recoverWithItem(() -> RequestEnvelope.closed(place))
                .chain(this::answered)
                .chain(() -> Perseverance.always(
                        "Acknowledging a request", () -> Uni.createFrom().completionStage(message::ack)));
    }

    private Uni<Void> answered(RequestEnvelope request) {
        String key = request.name().key();
        return decided(request)
                .chain(answer ->
                        Perseverance.unless("The answer to request " + key, answer, RequestAnswers::isTooLarge))
                .onFailure()
                .invoke(failure -> LOG.errorf("The answer to request %s is too large to be given: %s", key, failure))
                .onFailure()
                .recoverWithNull()
                .replaceWithVoid();
    }

    /** What is to be answered. */
    private Uni<Supplier<Uni<? extends Void>>> decided(RequestEnvelope request) {
        return Perseverance.unlessBad(
                        "Request " + request.name().key(),
                        () -> made(request),
                        RequestConsumer::isAnswer,
                        failure -> {})
                .<Supplier<Uni<? extends Void>>>map(made -> () -> answers.accepted(request.name(), made.diff().id))
                .onFailure()
                .recoverWithItem(failure -> {
                    ObjectNode reasons = reasons(failure);
                    return () -> answers.refused(request.name(), reasons);
                });
    }

    private Uni<DiffCreation.Made> made(RequestEnvelope request) {
        return request.faults().isEmpty()
                ? creation.add(
                        userId, request.body(), "message:" + request.name().key(), null)
                : Uni.createFrom().failure(new InvalidRequestException(request.faults()));
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

    /** The same however often it is read; a topic that is made anew has other times. */
    private static String place(Message<byte[]> message) {
        return message.getMetadata(IncomingKafkaRecordMetadata.class)
                .map(place -> "%s/%d/%d/%d"
                        .formatted(
                                place.getTopic(),
                                place.getPartition(),
                                place.getOffset(),
                                place.getTimestamp().toEpochMilli()))
                .orElseGet(() -> UUID.randomUUID().toString());
    }

    private static Headers headers(Message<byte[]> message) {
        return message.getMetadata(IncomingKafkaRecordMetadata.class)
                .<Headers>map(IncomingKafkaRecordMetadata::getHeaders)
                .orElseGet(RecordHeaders::new);
    }
}
