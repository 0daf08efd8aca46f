package io.parallax.api;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/** A TCP proxy in front of the store that counts trips: how often a client has sent something after the store had answered. */
public final class TripWire implements AutoCloseable {
    private static final AtomicLong TRIPS = new AtomicLong();

    private final ServerSocket door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final ExecutorService threads = Executors.newCachedThreadPool(work -> {
        Thread thread = new Thread(work, "trip-wire");
        thread.setDaemon(true);
        return thread;
    });
    private final int target;

    TripWire(int target) throws IOException {
        this.target = target;
        threads.execute(this::accept);
    }

    public int port() {
        return door.getLocalPort();
    }

    /** Over all connections of all services of this process. */
    public static long trips() {
        return TRIPS.get();
    }

    @Override
    public void close() throws IOException {
        door.close();
        threads.shutdownNow();
    }

    private void accept() {
        while (!door.isClosed()) {
            try {
                Socket client = door.accept();
                threads.execute(() -> new Cord(client).carry());
            } catch (IOException e) {
                // Closed, or this one client went away.
            }
        }
    }

    /** One connection. */
    private final class Cord {
        private final Socket client;
        private volatile boolean answered = true;

        Cord(Socket client) {
            this.client = client;
        }

        public void carry() {
            try (client;
                    Socket server = new Socket()) {
                client.setTcpNoDelay(true);
                server.setTcpNoDelay(true);
                server.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), target));
                threads.execute(() -> ask(server));
                pump(server.getInputStream(), client.getOutputStream(), () -> answered = true);
            } catch (IOException e) {
                // One of both went away; so does the other.
            }
        }

        private void ask(Socket server) {
            try (server) {
                pump(client.getInputStream(), server.getOutputStream(), this::sent);
            } catch (IOException e) {
                // As above.
            }
        }

        private void sent() {
            if (answered) {
                answered = false;
                TRIPS.incrementAndGet();
            }
        }
    }

    private static void pump(InputStream from, OutputStream to, Runnable noted) throws IOException {
        byte[] bytes = new byte[1 << 16];
        int count = from.read(bytes);
        while (count >= 0) {
            noted.run();
            to.write(bytes, 0, count);
            count = from.read(bytes);
        }
    }
}
