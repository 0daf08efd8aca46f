package io.parallax.bench.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class FarWireTest {
    private static final Duration FAR = Duration.ofMillis(50);

    @Test
    void delaysEachTripAndCountsWhatIsSentTogetherAsOne() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                FarWire wire = FarWire.open()) {
            // Given a server that answers two bytes with one
            wire.leadTo(server.getLocalPort());
            wire.delay(FAR);
            CompletableFuture<Void> answering = CompletableFuture.runAsync(() -> answer(server));

            // When
            try (Socket client = new Socket(InetAddress.getLoopbackAddress(), wire.port())) {
                client.setTcpNoDelay(true);
                for (int i = 0; i < 3; i++) {
                    long start = System.nanoTime();
                    client.getOutputStream().write(1);
                    client.getOutputStream().write(2);
                    assertThat(client.getInputStream().read()).isEqualTo(7);
                    assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(FAR);
                }
            }

            // Then
            assertThat(wire.trips()).isEqualTo(3);
            answering.join();
        }
    }

    private static void answer(ServerSocket server) {
        try (Socket socket = server.accept()) {
            while (socket.getInputStream().readNBytes(2).length == 2) {
                socket.getOutputStream().write(7);
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
