package io.parallax.endtoend.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WireTest {
    private static final int LONG_ENOUGH = 10_000;
    private static final int A_WHILE = 200;

    private ServerSocket listener;
    private Wire wire;
    private Socket client;
    private Socket server;

    @BeforeEach
    void connect() throws IOException {
        listener = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        wire = new Wire("wire");
        wire.leadTo(listener.getLocalPort());
        client = new Socket(InetAddress.getLoopbackAddress(), wire.port());
        server = listener.accept();
        server.setSoTimeout(LONG_ENOUGH);
        client.setSoTimeout(LONG_ENOUGH);
        carries();
    }

    @AfterEach
    void close() throws IOException {
        client.close();
        server.close();
        wire.close();
        listener.close();
    }

    @Test
    void hearsTheEndOfEitherSide() throws IOException {
        client.shutdownOutput();
        assertThat(server.getInputStream().read()).isEqualTo(-1);
        server.getOutputStream().write(5);
        server.close();
        assertThat(client.getInputStream().read()).isEqualTo(5);
        assertThat(client.getInputStream().read()).isEqualTo(-1);
    }

    @Test
    void isCutOnBothSidesAndRefusesNewOnes() throws IOException {
        wire.strike(Harm.CUT);
        assertThatThrownBy(() -> client.getInputStream().read()).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> server.getInputStream().read()).isInstanceOf(IOException.class);
        try (Socket late = new Socket(InetAddress.getLoopbackAddress(), wire.port())) {
            late.setSoTimeout(LONG_ENOUGH);
            assertThatThrownBy(() -> late.getInputStream().read())
                    .isInstanceOf(IOException.class)
                    .isNotInstanceOf(SocketTimeoutException.class);
        }

        wire.heal(Harm.CUT);
        client = new Socket(InetAddress.getLoopbackAddress(), wire.port());
        server = listener.accept();
        carries();
    }

    @Test
    void stallsAndLosesNothing() throws IOException {
        wire.strike(Harm.STALL);
        client.getOutputStream().write(7);
        server.setSoTimeout(A_WHILE);
        assertThatThrownBy(() -> server.getInputStream().read()).isInstanceOf(SocketTimeoutException.class);

        wire.heal(Harm.STALL);
        server.setSoTimeout(LONG_ENOUGH);
        assertThat(server.getInputStream().read()).isEqualTo(7);
    }

    @Test
    void leavesOneSideInTheDarkUntilItHeals() throws IOException {
        wire.strike(Harm.HALF_OPEN);
        assertThatThrownBy(() -> server.getInputStream().read())
                .isInstanceOf(IOException.class)
                .isNotInstanceOf(SocketTimeoutException.class);
        client.getOutputStream().write(7);
        client.setSoTimeout(A_WHILE);
        assertThatThrownBy(() -> client.getInputStream().read()).isInstanceOf(SocketTimeoutException.class);

        wire.heal(Harm.HALF_OPEN);
        client.setSoTimeout(LONG_ENOUGH);
        assertThatThrownBy(() -> client.getInputStream().read())
                .isInstanceOf(IOException.class)
                .isNotInstanceOf(SocketTimeoutException.class);
    }

    private void carries() throws IOException {
        client.getOutputStream().write(1);
        assertThat(server.getInputStream().read()).isEqualTo(1);
        server.getOutputStream().write(2);
        assertThat(client.getInputStream().read()).isEqualTo(2);
    }
}
