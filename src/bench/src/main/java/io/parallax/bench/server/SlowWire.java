package io.parallax.bench.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;

/**
 * A TCP proxy on the loopback interface that carries so much in a second, over each connection, from the server to its client:
 * so that a source is far away, not the machine busy.
 */
public final class SlowWire implements AutoCloseable {
    private static final int SLICES_A_SECOND = 50;

    private final TcpProxy proxy;

    private SlowWire(TcpProxy proxy) {
        this.proxy = proxy;
    }

    /** To the server at that port of this machine; {@code kilobytes} in a second. */
    public static SlowWire to(int target, int kilobytes) throws IOException {
        int slice = kilobytes * 1000 / SLICES_A_SECOND;
        return new SlowWire(TcpProxy.open("slow-wire", () -> target, (client, server, threads) -> {
            threads.execute(() -> forward(client, server));
            trickle(server.getInputStream(), client.getOutputStream(), slice);
        }));
    }

    /** Where clients come to. */
    public int port() {
        return proxy.port();
    }

    @Override
    public void close() throws IOException {
        proxy.close();
    }

    private static void forward(Socket client, Socket server) {
        try (server) {
            client.getInputStream().transferTo(server.getOutputStream());
        } catch (IOException e) {
            // As above.
        }
    }

    /** Each slice takes its time, however little is in it; what was not used is not saved up. */
    private static void trickle(InputStream from, OutputStream to, int slice) throws IOException, InterruptedException {
        byte[] bytes = new byte[slice];
        long nanosPerByte = 1_000_000_000L / ((long) slice * SLICES_A_SECOND);
        long free = System.nanoTime();
        int count = from.read(bytes);
        while (count >= 0) {
            to.write(bytes, 0, count);
            free = Math.max(free, System.nanoTime()) + count * nanosPerByte;
            long pause = free - System.nanoTime();
            if (pause > 0) {
                Thread.sleep(pause / 1_000_000, (int) (pause % 1_000_000));
            }
            count = from.read(bytes);
        }
    }
}
