package io.parallax.engine.postgres.session;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.parallax.engine.session.ConnectionSettings;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class IdleConnectionsTest {
    private static final IdleConnections.Origin ORIGIN =
            new IdleConnections.Origin(JsonNodeFactory.instance.objectNode(), ConnectionSettings.DEFAULT);

    /** Sessions that are about to end. */
    private final BlockingQueue<Runnable> ends = new LinkedBlockingQueue<>();

    private final IdleConnections idle = new IdleConnections(ends::add);
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

    @Test
    void waitsForOneThatIsAboutToBeFree() {
        Connection connection = connection();
        IdleConnections.Use ending = begin();
        ending.ending(() -> ending.endKeeping(connection));

        CompletableFuture<Connection> next = CompletableFuture.supplyAsync(() -> begin().spare());
        ends.remove().run();

        assertThat(next.join()).isSameAs(connection);
    }

    /** A new one tells sooner whether the source is well than one whose session does not come to an end. */
    @Test
    void doesNotWaitForOneThatNeverEnds() {
        begin().ending(() -> {});

        assertThat(begin().spare()).isNull();
        assertThat(ends).hasSize(1);
    }

    @Test
    void waitsForNoneWhereNoneEnds() {
        IdleConnections.Use failing = begin();
        failing.ending(() -> failing.endClosing(connection()));
        ends.remove().run();

        assertThat(closed).isTrue();
        assertThat(begin().spare()).isNull();
    }

    /** A limited source has room for no connection that is still ending. */
    @Test
    void endsAtOnceWhatIsNotKept() {
        IdleConnections.Use use = idle.begin(ORIGIN, Duration.ZERO);

        use.ending(() -> use.endKeeping(connection()));

        assertThat(ends).isEmpty();
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
