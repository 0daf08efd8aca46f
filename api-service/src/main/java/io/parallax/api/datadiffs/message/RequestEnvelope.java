package io.parallax.api.datadiffs.message;

import io.parallax.api.events.RequestName;
import io.parallax.api.problems.Fault;
import io.parallax.api.problems.InvalidRequestException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * A request as it came by Kafka, opened: a CloudEvent in either of its modes, or JSON and nothing else. What it says of itself is
 * read here and nowhere before, so that no record can do more harm than to be refused.
 *
 * @param body what would have been posted
 * @param faults why it is to be refused without a look at the body
 */
public record RequestEnvelope(RequestName name, byte[] body, List<Fault> faults) {
    private static final String CONTENT_TYPE = "content-type";
    private static final String EVENTS = "application/cloudevents";
    private static final String STRUCTURED = EVENTS + "+json";

    /** Of CloudEvents, and of most messages that are none. */
    private static final String PREFIX = "ce_";

    public RequestEnvelope {
        faults = List.copyOf(faults);
    }

    /**
     * Opens it, whatever it is.
     *
     * @param place its place on the topic, which it goes by when it has no name of its own
     */
    public static RequestEnvelope open(Headers headers, byte[] value, String place) {
        RequestName placed = new RequestName(null, place);
        try {
            String type =
                    header(headers, CONTENT_TYPE).orElse("").split(";", 2)[0].strip();
            if (type.equalsIgnoreCase(STRUCTURED)) {
                return StructuredEvent.parse(value).opened(placed);
            }
            if (type.toLowerCase(Locale.ROOT).startsWith(EVENTS)) {
                throw fault(CONTENT_TYPE, "Of CloudEvents, one in JSON is taken: " + STRUCTURED + ".");
            }
            return binary(headers, value, placed);
        } catch (InvalidRequestException e) {
            return new RequestEnvelope(placed, value, e.faults());
        }
    }

    /** One that nobody foresaw. */
    public static RequestEnvelope closed(String place) {
        return new RequestEnvelope(
                new RequestName(null, place),
                new byte[0],
                fault("body", "Cannot be read.").faults());
    }

    private static RequestEnvelope binary(Headers headers, byte[] value, RequestName placed) {
        Optional<String> version = attribute(headers, EventAttributes.VERSION);
        Optional<String> id = attribute(headers, EventAttributes.ID);
        Optional<String> source = attribute(headers, EventAttributes.SOURCE);
        if (version.isEmpty()) {
            return named(new EventAttributes(null, source.orElse(null), id.orElse(placed.id())), value, placed);
        }
        EventAttributes event = new EventAttributes(version.get(), source.orElse(null), id.orElse(null));
        return named(event, value, placed);
    }

    /** By the name that it has, unless there is something wrong with that. */
    public static RequestEnvelope named(EventAttributes event, byte[] body, RequestName placed) {
        return new RequestEnvelope(event.name().orElse(placed), body, event.faults());
    }

    public RequestEnvelope with(byte[] data) {
        return new RequestEnvelope(name, data, faults);
    }

    public RequestEnvelope refused(String where, String what) {
        return new RequestEnvelope(name, body, fault(where, what).faults());
    }

    private static Optional<String> attribute(Headers headers, String name) {
        return header(headers, PREFIX + name);
    }

    /** The last one of that name, however it is written. */
    private static Optional<String> header(Headers headers, String name) {
        byte @Nullable [] found = null;
        for (Header header : headers) {
            if (header.key().equalsIgnoreCase(name)) {
                found = header.value();
            }
        }
        return Optional.ofNullable(found).map(bytes -> text(bytes, name));
    }

    /** As UTF-8 alone: two names must not become one. */
    public static String text(byte[] bytes, String what) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw fault(what, "Must be UTF-8.");
        }
    }

    public static InvalidRequestException fault(String where, String what) {
        return new InvalidRequestException(List.of(new Fault(List.of("message", where), what, "value_error")));
    }
}
