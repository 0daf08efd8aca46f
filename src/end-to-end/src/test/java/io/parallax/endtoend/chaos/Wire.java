package io.parallax.endtoend.chaos;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A TCP proxy on the loopback interface: the network between clients and a server. */
final class Wire implements Part, AutoCloseable {
    private final String name;
    private final ServerSocket door;
    private final ExecutorService threads = Executors.newCachedThreadPool(work -> {
        Thread thread = new Thread(work, "wire");
        thread.setDaemon(true);
        return thread;
    });
    private final Set<Cord> cords = ConcurrentHashMap.newKeySet();
    private final AtomicInteger halves = new AtomicInteger();
    private volatile int target;
    private volatile @Nullable Harm harm;

    Wire(String name) throws IOException {
        this.name = name;
        this.door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        threads.execute(this::accept);
    }

    /** Where clients come to. */
    int port() {
        return door.getLocalPort();
    }

    /** The server's port. */
    void leadTo(int port) {
        target = port;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public List<Harm> harms() {
        return List.of(Harm.CUT, Harm.STALL, Harm.HALF_OPEN);
    }

    @Override
    public synchronized void strike(Harm now) {
        harm = now;
        if (now == Harm.CUT) {
            cords.forEach(Cord::reset);
        } else if (now == Harm.HALF_OPEN) {
            boolean clientsHear = halves.getAndIncrement() % 2 == 1;
            cords.forEach(cord -> cord.halve(clientsHear));
        }
    }

    @Override
    public synchronized void heal(Harm past) {
        harm = null;
        cords.stream().filter(cord -> cord.halved).forEach(Cord::reset);
        notifyAll();
    }

    @Override
    public void close() throws IOException {
        door.close();
        cords.forEach(Cord::reset);
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
        Cord cord = new Cord(client, new Socket());
        cords.add(cord);
        if (harm == Harm.CUT) {
            cord.reset();
            return;
        }
        // Nobody answers, nor ever will, when the first packet is lost.
        cord.halved = harm == Harm.HALF_OPEN;
        try {
            awaitFlow();
            cord.server.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), target));
            cord.server.setTcpNoDelay(true);
            client.setTcpNoDelay(true);
            threads.execute(() -> cord.pump(cord.server, client));
            cord.pump(client, cord.server);
        } catch (IOException e) {
            cord.reset();
        }
    }

    private synchronized void awaitFlow() throws IOException {
        try {
            while (harm == Harm.STALL) {
                wait();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    /** One connection. */
    private final class Cord {
        private final Socket client;
        private final Socket server;
        private volatile boolean halved;

        Cord(Socket client, Socket server) {
            this.client = client;
            this.server = server;
        }

        void halve(boolean clientHears) {
            halved = true;
            reset(clientHears ? client : server);
        }

        void pump(Socket from, Socket to) {
            byte[] bytes = new byte[16_384];
            try {
                int count = from.getInputStream().read(bytes);
                while (count >= 0) {
                    awaitFlow();
                    if (!halved) {
                        to.getOutputStream().write(bytes, 0, count);
                    }
                    count = from.getInputStream().read(bytes);
                }
                to.shutdownOutput();
                finish();
            } catch (IOException e) {
                if (!halved) {
                    reset();
                }
            }
        }

        /** What was written still arrives. */
        private void finish() throws IOException {
            if (client.isOutputShutdown() && server.isOutputShutdown()) {
                cords.remove(this);
                client.close();
                server.close();
            }
        }

        void reset() {
            cords.remove(this);
            reset(client);
            reset(server);
        }

        private static void reset(Socket socket) {
            try {
                socket.setSoLinger(true, 0);
                socket.close();
            } catch (IOException e) {
                // It is closed, then.
            }
        }
    }
}
