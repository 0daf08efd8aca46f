package io.parallax.contract;

import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What classes of messages are made of. Found out once for each, as asking for annotations takes longer than all the rest. */
final class MessageParts {
    private static final ClassValue<List<Part>> PARTS = new ClassValue<>() {
        @Override
        protected List<Part> computeValue(Class<?> type) {
            return Stream.of(type.getRecordComponents()).map(Part::of).toList();
        }
    };

    private MessageParts() {}

    static List<Part> of(Record message) {
        return PARTS.get(message.getClass());
    }

    /**
     * One part of a message.
     *
     * @param since the first version of a reader that honours it
     * @param isPlanned whether it is {@link Planned}
     * @param mayNeedMore whether any value of it needs a reader later than the first
     */
    record Part(String name, Method accessor, boolean mayBeMissing, int since, boolean isPlanned, boolean mayNeedMore) {
        private static Part of(RecordComponent component) {
            return new Part(
                    component.getName(),
                    component.getAccessor(),
                    component.getAnnotatedType().isAnnotationPresent(Nullable.class),
                    MessageParts.since(component),
                    component.isAnnotationPresent(Planned.class),
                    needsMore(component, new HashSet<>()));
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

    /** The first version of a reader that honours what may be marked. */
    static int since(AnnotatedElement marked) {
        Since since = marked.getAnnotation(Since.class);
        return since == null ? LeastReader.FIRST : since.value();
    }

    private static boolean needsMore(RecordComponent component, Set<Class<?>> seen) {
        return component.isAnnotationPresent(Since.class)
                || component.isAnnotationPresent(Planned.class)
                || needsMore(component.getGenericType(), seen);
    }

    private static boolean needsMore(Type type, Set<Class<?>> seen) {
        if (type instanceof ParameterizedType generic) {
            return Stream.of(generic.getActualTypeArguments()).anyMatch(argument -> needsMore(argument, seen));
        }
        return type instanceof Class<?> named && seen.add(named) && classNeedsMore(named, seen);
    }

    private static boolean classNeedsMore(Class<?> type, Set<Class<?>> seen) {
        return type.isAnnotationPresent(Since.class)
                || type.isEnum() && Stream.of(type.getFields()).anyMatch(word -> word.isAnnotationPresent(Since.class))
                || type.isRecord()
                        && Stream.of(type.getRecordComponents()).anyMatch(component -> needsMore(component, seen))
                || type.isSealed() && Stream.of(type.getPermittedSubclasses()).anyMatch(kind -> needsMore(kind, seen));
    }
}
