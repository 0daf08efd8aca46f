package io.parallax.engine.dialect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parallax.engine.session.ConnectionSettings;
import io.parallax.engine.session.Sessions;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SourceSessionsTest {
    private final List<String> closed = new ArrayList<>();

    /** The engine itself has none. */
    @Test
    void isNothingWithoutAnyDialect() {
        assertThatThrownBy(() -> new SourceSessions(ConnectionSettings.DEFAULT))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("no dialect");
    }

    @Test
    void closesThemAll() {
        SourceSessions sessions = new SourceSessions(
                List.of(dialect("a", true), dialect("b", true), dialect("c", false)), ConnectionSettings.DEFAULT);

        assertThatThrownBy(sessions::close).isInstanceOf(IllegalArgumentException.class);

        assertThat(closed).containsExactlyInAnyOrder("a", "b", "c");
    }

    /** One whose sessions note that they are closed, and maybe fail then. */
    private Dialect dialect(String name, boolean fails) {
        Sessions sessions = proxy(Sessions.class, () -> {
            closed.add(name);
            if (fails) {
                throw new IllegalArgumentException(name);
            }
            return null;
        });
        return proxy(Dialect.class, () -> sessions);
    }

    /** Equal to itself alone, and answers all else alike. */
    private static <T> T proxy(Class<T> type, Supplier<@Nullable Object> answer) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> switch (method.getName()) {
                    case "hashCode" -> System.identityHashCode(self);
                    case "equals" -> self == arguments[0];
                    default -> answer.get();
                }));
    }
}
