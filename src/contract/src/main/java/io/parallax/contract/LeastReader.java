package io.parallax.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which version of a reader a message needs at least, by all that it has in it. */
final class LeastReader {
    static final int FIRST = 1;

    /** What a {@link Planned} document says of itself, where that is more than the first. */
    private static final String OF_DOCUMENT = "reader";

    private LeastReader() {}

    static int of(@Nullable Object value) {
        if (value instanceof Record message) {
            return ofRecord(message);
        }
        if (value instanceof Collection<?> several) {
            return ofAll(several);
        }
        if (value instanceof Map<?, ?> named) {
            return Math.max(ofAll(named.keySet()), ofAll(named.values()));
        }
        return value instanceof Enum<?> word ? ofWord(word) : FIRST;
    }

    private static int ofAll(Collection<?> several) {
        return several.stream().mapToInt(LeastReader::of).max().orElse(FIRST);
    }

    private static int ofRecord(Record message) {
        int least = MessageParts.since(message.getClass());
        for (MessageParts.Part part : MessageParts.of(message)) {
            Object value = part.mayNeedMore() ? part.of(message) : null;
            if (value != null) {
                least = Math.max(least, ofPart(part, value));
            }
        }
        return least;
    }

    private static int ofPart(MessageParts.Part part, Object value) {
        int least = Math.max(part.since(), of(value));
        return part.isPlanned() && value instanceof JsonNode document ? Math.max(least, ofDocument(document)) : least;
    }

    private static int ofWord(Enum<?> word) {
        try {
            return MessageParts.since(word.getDeclaringClass().getField(word.name()));
        } catch (NoSuchFieldException e) {
            throw new IllegalStateException("an enum's constants are its fields", e);
        }
    }

    /** Has a document say it of itself. */
    static void note(JsonNode document, int least) {
        if (least > FIRST && document instanceof ObjectNode object) {
            object.put(OF_DOCUMENT, least);
        }
    }

    static int ofDocument(JsonNode document) {
        return document.path(OF_DOCUMENT).asInt(FIRST);
    }
}
