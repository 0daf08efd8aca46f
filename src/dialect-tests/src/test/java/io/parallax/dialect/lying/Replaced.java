package io.parallax.dialect.lying;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Something with a few of its methods replaced. */
public final class Replaced {
    private Replaced() {}

    /** What a method does instead. */
    @FunctionalInterface
    public interface Instead {
        @Nullable
        Object of(Object[] arguments);
    }

    /** {@code instead}: by the methods' names. */
    public static <T> T in(Class<T> type, T real, Map<String, Instead> instead) {
        return type.cast(
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    Object[] given = Objects.requireNonNullElseGet(arguments, () -> new Object[0]);
                    Instead other = instead.get(method.getName());
                    if (other != null) {
                        return other.of(given);
                    }
                    try {
                        return method.invoke(real, given);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
    }
}
