package io.parallax.api.events;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parallax.api.messaging.EventProducer;
import io.parallax.outcome.answer.Timestamps;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.stream.Stream;
import org.apache.kafka.common.errors.RecordTooLargeException;

/** Tells what became of requests that came by message. */
@ApplicationScoped
public class RequestAnswers {
    private static final String ACCEPTED = "io.parallax.request.accepted";
    private static final String REFUSED = "io.parallax.request.refused";

    /** Far below what Kafka takes, however many bytes a character has. */
    private static final int MOST_OF_REASONS = 200_000;

    private static final String TOO_MUCH = "More is wrong with the request than an answer has room for.";

    private final EventProducer producer;
    private final EventSettings settings;
    private final ObjectMapper mapper;

    RequestAnswers(EventProducer producer, EventSettings settings, ObjectMapper mapper) {
        this.producer = producer;
        this.settings = settings;
        this.mapper = mapper;
    }

    /** The request made this diff, now or before. */
    public Uni<Void> accepted(RequestName request, long diff) {
        return send(ACCEPTED, request, diff, mapper.createObjectNode().put("id", diff));
    }

    /** The request made none; {@code reasons} has a {@code detail} as problems have it. */
    public Uni<Void> refused(RequestName request, ObjectNode reasons) {
        boolean isLong = reasons.toString().length() > MOST_OF_REASONS;
        return send(REFUSED, request, 0, isLong ? reasons.put("detail", TOO_MUCH) : reasons);
    }

    /** Whether the answer is one that Kafka will not take, however often it is given. */
    public static boolean isTooLarge(Throwable failure) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
                .anyMatch(RecordTooLargeException.class::isInstance);
    }

    private Uni<Void> send(String type, RequestName request, long key, ObjectNode data) {
        // One answer to a request, however often it is given.
        byte[] event = CloudEvent.json(
                settings.source(),
                "answer:" + request.key(),
                type,
                "requests/" + request.id(),
                Timestamps.now(),
                named(data, request));
        return producer.send(key, event, CloudEvent.CONTENT_TYPE);
    }

    private static ObjectNode named(ObjectNode data, RequestName request) {
        data.put("request_id", request.id());
        return request.source() == null ? data : data.put("request_source", request.source());
    }
}
