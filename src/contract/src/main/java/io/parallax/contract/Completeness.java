package io.parallax.contract;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/** Whether a message read from JSON has all its parts; only {@link Nullable} ones may be missing, as added ones are. */
final class Completeness {
    private Completeness() {}

    static void require(@Nullable Object value) throws UnreadableMessageException {
        if (value instanceof Record message) {
            for (MessageParts.Part part : MessageParts.of(message)) {
                requirePart(message, part);
            }
        } else if (value instanceof Iterable<?> several && !(value instanceof JsonNode)) {
            for (Object one : several) {
                require(one);
            }
        }
    }

    private static void requirePart(Record message, MessageParts.Part part) throws UnreadableMessageException {
        Object value = part.of(message);
        if (value == null && !part.mayBeMissing()) {
            throw new UnreadableMessageException(
                    "a " + message.getClass().getSimpleName() + " without " + part.name(), null);
        }
        require(value);
    }
}
