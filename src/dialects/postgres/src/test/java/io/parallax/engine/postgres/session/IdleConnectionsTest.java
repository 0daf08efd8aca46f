package io.parallax.engine.postgres.session;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.parallax.engine.session.ConnectionSettings;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class IdleConnectionsTest {
    private static final IdleConnections.Origin ORIGIN =
            new IdleConnections.Origin(JsonNodeFactory.instance.objectNode(), ConnectionSettings.DEFAULT);

    private final IdleConnections idle = new IdleConnections();
    private final AtomicBoolean closed = new AtomicBoolean();

    @Test
    void keepsWhatWasUsedLast() {
        Connection connection = connection();
        begin().endKeeping(connection);
        assertThat(closed).isFalse();
        assertThat(begin().spare()).isSameAs(connection);
    }

    /** They are its owner's, who is gone. */
    @Test
    void closesWhatItKeepsWhenItIsClosed() {
        begin().endKeeping(connection());
        idle.close();
        assertThat(closed).isTrue();
        assertThat(begin().spare()).isNull();
    }

    @Test
    void keepsNoneThatIsGivenBackLater() {
        IdleConnections.Use use = begin();
        idle.close();
        use.endKeeping(connection());
        assertThat(closed).isTrue();
    }

    private IdleConnections.Use begin() {
        return idle.begin(ORIGIN, Duration.ofMinutes(1));
    }

    private Connection connection() {
        return (Connection) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Connection.class}, (self, method, arguments) -> {
                    if (method.getName().equals("close")) {
                        closed.set(true);
                    }
                    return null;
                });
    }
}
