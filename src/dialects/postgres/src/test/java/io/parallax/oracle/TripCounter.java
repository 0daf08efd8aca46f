package io.parallax.oracle;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A TCP proxy in front of a server that notes trips: what a client sends after the server has answered. */
public final class TripCounter implements AutoCloseable {
    private final ServerSocket door;
    private final int target;
    private final List<String> trips = Collections.synchronizedList(new ArrayList<>());
    private final ExecutorService threads = Executors.newCachedThreadPool(work -> {
        Thread thread = new Thread(work, "trip-counter");
        thread.setDaemon(true);
        return thread;
    });

    /** In front of a server of this machine. */
    public TripCounter(int target) throws IOException {
        this.target = target;
        this.door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        threads.execute(this::accept);
    }

    public int port() {
        return door.getLocalPort();
    }

    /** What each trip since the last call has asked, as far as it can be read; in no order over several connections. */
    public List<String> taken() {
        synchronized (trips) {
            List<String> taken = List.copyOf(trips);
            trips.clear();
            return taken;
        }
    }

    @Override
    public void close() {
        try {
            door.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            threads.shutdownNow();
        }
    }

    private void accept() {
        while (!door.isClosed()) {
            try {
                Socket client = door.accept();
                threads.execute(() -> new Connection(client).carry());
            } catch (IOException e) {
                // Closed, or this one client went away.
            }
        }
    }

    private final class Connection {
        private final Socket client;
        private volatile boolean answered = true;

        Connection(Socket client) {
            this.client = client;
        }

        void carry() {
            try (client;
                    Socket server = new Socket(InetAddress.getLoopbackAddress(), target)) {
                client.setTcpNoDelay(true);
                server.setTcpNoDelay(true);
                threads.execute(() -> ask(server));
                pump(server.getInputStream(), client.getOutputStream(), bytes -> answered = true);
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

        private void sent(byte[] bytes) {
            if (answered) {
                answered = false;
                trips.add(new String(bytes, StandardCharsets.ISO_8859_1).replaceAll("[^ -~\\n]+", " "));
            }
        }
    }

    @FunctionalInterface
    private interface Noting {
        void note(byte[] bytes);
    }

    private static void pump(InputStream from, OutputStream to, Noting noting) throws IOException {
        byte[] bytes = new byte[1 << 16];
        for (int count = from.read(bytes); count >= 0; count = from.read(bytes)) {
            noting.note(Arrays.copyOf(bytes, count));
            to.write(bytes, 0, count);
        }
    }
}
