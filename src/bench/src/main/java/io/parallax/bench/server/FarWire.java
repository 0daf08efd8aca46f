package io.parallax.bench.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * A TCP proxy on the loopback interface that delays what clients send, however much of it is on the way: so that a server is far away. It
 * counts trips: how often a client has sent something after the server had answered.
 */
public final class FarWire implements AutoCloseable {
    /** What its threads are called. */
    public static final String THREADS = "far-wire";

    private static final int SLICE = 1 << 16;

    private final TcpProxy proxy;
    private final AtomicLong trips = new AtomicLong();
    private volatile int target;
    private volatile long delayNanos;

    private FarWire() throws IOException {
        proxy = TcpProxy.open(THREADS, () -> target, (client, server, threads) -> {
            Cord cord = new Cord();
            threads.execute(() -> cord.send(server));
            threads.execute(() -> cord.take(client));
            cord.answer(server.getInputStream(), client.getOutputStream());
        });
    }

    /** To nowhere so far, and without a delay of its own. */
    public static FarWire open() throws IOException {
        return new FarWire();
    }

    /** The server's port on this machine. */
    public void leadTo(int port) {
        target = port;
    }

    /** Where clients come to. */
    public int port() {
        return proxy.port();
    }

    /** How much longer a trip takes from now on. */
    public void delay(Duration delay) {
        delayNanos = delay.toNanos();
    }

    /** Trips so far, over all connections. */
    public long trips() {
        return trips.get();
    }

    @Override
    public void close() throws IOException {
        proxy.close();
    }

    /** @param due when it arrives, on the system's clock; {@code bytes} is empty at the end */
    private record Slice(byte[] bytes, long due) {}

    /** One connection. */
    private final class Cord {
        private final BlockingQueue<Slice> onTheWay = new LinkedBlockingQueue<>();
        private volatile boolean answered = true;

        void take(Socket client) {
            try {
                InputStream from = client.getInputStream();
                byte[] bytes = new byte[SLICE];
                int count = from.read(bytes);
                while (count >= 0) {
                    if (answered) {
                        answered = false;
                        trips.incrementAndGet();
                    }
                    onTheWay.add(new Slice(Arrays.copyOf(bytes, count), System.nanoTime() + delayNanos));
                    count = from.read(bytes);
                }
            } catch (IOException e) {
                // It went away.
            } finally {
                onTheWay.add(new Slice(new byte[0], System.nanoTime()));
            }
        }

        void send(Socket server) {
            try (server) {
                OutputStream to = server.getOutputStream();
                for (Slice next = onTheWay.take(); next.bytes().length > 0; next = onTheWay.take()) {
                    await(next.due());
                    to.write(next.bytes());
                }
            } catch (IOException e) {
                // As above.
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        void answer(InputStream from, OutputStream to) throws IOException {
            byte[] bytes = new byte[SLICE];
            int count = from.read(bytes);
            while (count >= 0) {
                answered = true;
                to.write(bytes, 0, count);
                count = from.read(bytes);
            }
        }
    }

    private static void await(long due) {
        for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }
}
