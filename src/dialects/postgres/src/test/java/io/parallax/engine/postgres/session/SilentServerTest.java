package io.parallax.engine.postgres.session;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.parallax.contract.DiffFailedException;
import io.parallax.contract.ErrorType;
import io.parallax.contract.SourceDetails;
import io.parallax.engine.session.Cancellation;
import io.parallax.engine.session.ConnectionSettings;
import io.parallax.engine.session.Session;
import io.parallax.engine.session.Sessions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A server that takes connections and says nothing. */
class SilentServerTest {
    private static final int SECONDS = 2;
    private static final int DIFFS = 100;

    private final List<Socket> taken = new CopyOnWriteArrayList<>();

    @Test
    void isAskedOnceForAllThatWantSomethingOfIt() throws Exception {
        ExecutorService slots = Executors.newFixedThreadPool(5);
        try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            slots.execute(() -> take(server));
            Sessions sessions = new PostgresSessions(
                    ConnectionSettings.anywhere("parallax", Duration.ofSeconds(SECONDS), Duration.ofHours(1)));
            long started = System.nanoTime();
            List<Future<DiffFailedException>> failures = IntStream.range(0, DIFFS)
                    .mapToObj(i -> slots.submit(() -> failure(sessions, source(server.getLocalPort()))))
                    .toList();
            for (Future<DiffFailedException> failure : failures) {
                DiffFailedException found = failure.get(1, TimeUnit.MINUTES);
                assertThat(found.failure().type()).isEqualTo(ErrorType.SOURCE_UNREACHABLE);
                assertThat(found.failure().message()).contains("Check host and port (127.0.0.1, ");
                assertThat(found.silent()).isTrue();
            }
            // One by one on four threads they would take fifty seconds.
            assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(Duration.ofSeconds(5 * SECONDS));
            assertThat(taken).hasSize(1);
        } finally {
            slots.shutdownNow();
            for (Socket socket : taken) {
                socket.close();
            }
        }
    }

    private void take(ServerSocket server) {
        try {
            while (true) {
                taken.add(server.accept());
            }
        } catch (IOException e) {
            // It is closed.
        }
    }

    private static DiffFailedException failure(Sessions sessions, SourceDetails source) {
        try (Session session = sessions.open(source, new Cancellation())) {
            throw new AssertionError("nobody can be there: " + session);
        } catch (DiffFailedException e) {
            return e;
        }
    }

    private static SourceDetails source(int port) {
        return new SourceDetails(
                "pg",
                JsonNodeFactory.instance
                        .objectNode()
                        .put("host", "127.0.0.1")
                        .put("port", port)
                        .put("user", "reader")
                        .put("password", "p")
                        .put("dbname", "shop"));
    }
}
