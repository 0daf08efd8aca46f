package io.parallax.contract;

import com.fasterxml.jackson.databind.JsonNode;
import java.lang.reflect.RecordComponent;
import org.jspecify.annotations.Nullable;

/** Whether a message read from JSON has all its parts; only {@link Nullable} ones may be missing, as added ones are. */
final class Completeness {
    private Completeness() {}

    static void require(@Nullable Object value) throws UnreadableMessageException {
        if (value instanceof Record message) {
            for (RecordComponent component : message.getClass().getRecordComponents()) {
                requirePart(message, component);
            }
        } else if (value instanceof Iterable<?> several && !(value instanceof JsonNode)) {
            for (Object one : several) {
                require(one);
            }
        }
    }

    private static void requirePart(Record message, RecordComponent component) throws UnreadableMessageException {
        Object part = part(message, component);
        if (part == null && !component.getAnnotatedType().isAnnotationPresent(Nullable.class)) {
            throw new UnreadableMessageException(
                    "a " + message.getClass().getSimpleName() + " without " + component.getName(), null);
        }
        require(part);
    }

    private static @Nullable Object part(Record message, RecordComponent component) {
        try {
            return component.getAccessor().invoke(message);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("messages are public records", e);
        }
    }
}
