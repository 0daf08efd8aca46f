package io.parallax.bench.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A TCP proxy on the loopback interface that carries so much in a second, over each connection, from the server to its client:
 * so that a source is far away, not the machine busy.
 */
public final class SlowWire implements AutoCloseable {
    private static final int SLICES_A_SECOND = 50;

    private final ServerSocket door;
    private final int target;
    private final int slice;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final ExecutorService threads = Executors.newCachedThreadPool(work -> {
        Thread thread = new Thread(work, "slow-wire");
        thread.setDaemon(true);
        return thread;
    });

    private SlowWire(ServerSocket door, int target, int slice) {
        this.door = door;
        this.target = target;
        this.slice = slice;
    }

    /** To the server at that port of this machine; {@code kilobytes} in a second. */
    public static SlowWire to(int target, int kilobytes) throws IOException {
        SlowWire wire = new SlowWire(
                new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), target, kilobytes * 1000 / SLICES_A_SECOND);
        wire.threads.execute(wire::accept);
        return wire;
    }

    /** Where clients come to. */
    public int port() {
        return door.getLocalPort();
    }

    @Override
    public void close() throws IOException {
        door.close();
        for (Socket socket : sockets) {
            socket.close();
        }
        threads.shutdownNow();
    }

    private void accept() {
        while (!door.isClosed()) {
            try {
                Socket client = door.accept();
                threads.execute(() -> connect(client));
            } catch (IOException e) {
                // Closed, or this one client went away.
            }
        }
    }

    private void connect(Socket client) {
        try (client;
                Socket server = new Socket()) {
            sockets.add(client);
            sockets.add(server);
            client.setTcpNoDelay(true);
            server.setTcpNoDelay(true);
            server.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), target));
            threads.execute(() -> forward(client, server));
            trickle(server.getInputStream(), client.getOutputStream());
        } catch (IOException e) {
            // One of both went away; so does the other.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            sockets.remove(client);
        }
    }

    private static void forward(Socket client, Socket server) {
        try (server) {
            client.getInputStream().transferTo(server.getOutputStream());
        } catch (IOException e) {
            // As above.
        }
    }

    /** Each slice takes its time, however little is in it; what was not used is not saved up. */
    private void trickle(InputStream from, OutputStream to) throws IOException, InterruptedException {
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
