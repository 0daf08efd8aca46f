package io.parallax.endtoend;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A TCP proxy that lets each connection carry so much in a second to its client; or nothing, ever, so that its server seems silent. */
final class SlowWire implements AutoCloseable {
    private static final int PARTS_A_SECOND = 50;

    private final ServerSocket door = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
    private final List<Socket> clients = new CopyOnWriteArrayList<>();
    private final ExecutorService threads = Executors.newCachedThreadPool(work -> {
        Thread thread = new Thread(work, "slow-wire");
        thread.setDaemon(true);
        return thread;
    });
    private final int target;
    private final int part;

    private SlowWire(int target, int bytesPerSecond) throws IOException {
        this.target = target;
        this.part = bytesPerSecond / PARTS_A_SECOND;
        threads.execute(this::accept);
    }

    static SlowWire to(int target, int bytesPerSecond) throws IOException {
        return new SlowWire(target, bytesPerSecond);
    }

    /** It leads nowhere. */
    static SlowWire silent() throws IOException {
        return new SlowWire(0, 0);
    }

    int port() {
        return door.getLocalPort();
    }

    /** How many have come so far. */
    int clients() {
        return clients.size();
    }

    @Override
    public void close() throws IOException {
        door.close();
        for (Socket client : clients) {
            client.close();
        }
        threads.shutdownNow();
    }

    private void accept() {
        while (!door.isClosed()) {
            try {
                Socket client = door.accept();
                clients.add(client);
                if (target != 0) {
                    threads.execute(() -> connect(client));
                }
            } catch (IOException e) {
                // Closed, or this one went away.
            }
        }
    }

    private void connect(Socket client) {
        try (client;
                Socket server = new Socket()) {
            server.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), target));
            client.setTcpNoDelay(true);
            server.setTcpNoDelay(true);
            threads.execute(() -> forward(client, server));
            trickle(server.getInputStream(), client.getOutputStream());
        } catch (IOException e) {
            // One of both went away; so does the other.
        }
    }

    private static void forward(Socket client, Socket server) {
        try (server) {
            client.getInputStream().transferTo(server.getOutputStream());
        } catch (IOException e) {
            // As above.
        }
    }

    private void trickle(InputStream from, OutputStream to) throws IOException {
        byte[] bytes = new byte[part];
        int count = from.read(bytes);
        while (count >= 0) {
            to.write(bytes, 0, count);
            LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(1) / PARTS_A_SECOND * count / part);
            count = from.read(bytes);
        }
    }
}
