package io.parallax.api.datadiffs.message;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.parallax.api.events.RequestName;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A CloudEvent in JSON. Its data are taken out as they stand there: they are what would have been posted, to the character. */
public final class StructuredEvent {
    private static final JsonFactory JSON = new JsonFactory();
    private static final String DATA = "data";
    private static final String BASE64 = "data_base64";

    private final Map<String, String> texts = new HashMap<>();
    private @Nullable String data;

    private StructuredEvent() {}

    /**
     * The event in these bytes.
     *
     * @throws io.parallax.api.problems.InvalidRequestException when there is none
     */
    public static StructuredEvent parse(byte[] value) {
        String text = RequestEnvelope.text(value, "body");
        StructuredEvent event = new StructuredEvent();
        try (JsonParser parser = JSON.createParser(text)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw RequestEnvelope.fault("body", "Must be a CloudEvent in JSON.");
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                event.take(parser, text);
            }
            if (parser.nextToken() != null) {
                throw RequestEnvelope.fault("body", "Must be one CloudEvent in JSON, with nothing behind it.");
            }
            return event;
        } catch (IOException e) {
            // Its message quotes the body.
            throw RequestEnvelope.fault("body", "Must be a CloudEvent in JSON.");
        }
    }

    private void take(JsonParser parser, String text) throws IOException {
        String name = parser.currentName();
        JsonToken token = parser.nextToken();
        if (token == JsonToken.VALUE_STRING) {
            texts.put(name, parser.getText());
        } else if (name.equals(DATA) && token == JsonToken.START_OBJECT) {
            int begin = (int) parser.currentTokenLocation().getCharOffset();
            parser.skipChildren();
            data = text.substring(begin, (int) parser.currentLocation().getCharOffset());
        } else {
            parser.skipChildren();
        }
    }

    /** Under the name that it has, or else under that of its place. */
    public RequestEnvelope opened(RequestName placed) {
        EventAttributes attributes = new EventAttributes(
                texts.getOrDefault(EventAttributes.VERSION, ""),
                texts.get(EventAttributes.SOURCE),
                texts.get(EventAttributes.ID));
        RequestEnvelope envelope = RequestEnvelope.named(attributes, new byte[0], placed);
        return envelope.faults().isEmpty() ? filled(envelope) : envelope;
    }

    private RequestEnvelope filled(RequestEnvelope envelope) {
        String encoded = texts.get(BASE64);
        if ((data == null) == (encoded == null)) {
            return envelope.refused(DATA, "Must be what would be posted: an object, or in " + BASE64 + ".");
        }
        return data == null ? decoded(envelope, encoded) : envelope.with(data.getBytes(StandardCharsets.UTF_8));
    }

    private static RequestEnvelope decoded(RequestEnvelope envelope, String encoded) {
        try {
            return envelope.with(Base64.getDecoder().decode(encoded));
        } catch (IllegalArgumentException e) {
            return envelope.refused(BASE64, "Must be base64.");
        }
    }
}
