package io.parallax.contract;

import com.fasterxml.jackson.databind.JsonNode;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Whether a message read from JSON has all its parts; only {@link Nullable} ones may be missing, as added ones are. */
final class Completeness {
    /** Found out once for each class, as asking for annotations takes longer than all the rest. */
    private static final ClassValue<List<Part>> PARTS = new ClassValue<>() {
        @Override
        protected List<Part> computeValue(Class<?> type) {
            return Stream.of(type.getRecordComponents()).map(Part::of).toList();
        }
    };

    private record Part(String name, Method accessor, boolean mayBeMissing) {
        static Part of(RecordComponent component) {
            return new Part(
                    component.getName(),
                    component.getAccessor(),
                    component.getAnnotatedType().isAnnotationPresent(Nullable.class));
        }

        @Nullable
        Object of(Record message) {
            try {
                return accessor.invoke(message);
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException("messages are public records", e);
            }
        }
    }

    private Completeness() {}

    static void require(@Nullable Object value) throws UnreadableMessageException {
        if (value instanceof Record message) {
            for (Part part : PARTS.get(message.getClass())) {
                requirePart(message, part);
            }
        } else if (value instanceof Iterable<?> several && !(value instanceof JsonNode)) {
            for (Object one : several) {
                require(one);
            }
        }
    }

    private static void requirePart(Record message, Part part) throws UnreadableMessageException {
        Object value = part.of(message);
        if (value == null && !part.mayBeMissing()) {
            throw new UnreadableMessageException(
                    "a " + message.getClass().getSimpleName() + " without " + part.name(), null);
        }
        require(value);
    }
}
