package io.parallax.bench.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.IntSupplier;

/** A door on the loopback interface, behind which each client has a connection of its own to a server of this machine. */
final class TcpProxy implements AutoCloseable {
    private static final int BACKLOG = 50;

    private final ServerSocket door;
    private final IntSupplier target;
    private final Cord cord;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final ExecutorService threads;

    private TcpProxy(ServerSocket door, String name, IntSupplier target, Cord cord) {
        this.door = door;
        this.target = target;
        this.cord = cord;
        this.threads = Executors.newCachedThreadPool(work -> {
            Thread thread = new Thread(work, name);
            thread.setDaemon(true);
            return thread;
        });
    }

    /** What is between a client and its server. */
    @FunctionalInterface
    interface Cord {
        /** Carries bytes both ways until the server has said all; {@code threads} is for those of the client. */
        void carry(Socket client, Socket server, Executor threads) throws IOException, InterruptedException;
    }

    /**
     * Opens the door.
     *
     * @param name of its threads
     * @param target the server's port, asked for each client
     */
    static TcpProxy open(String name, IntSupplier target, Cord cord) throws IOException {
        TcpProxy proxy =
                new TcpProxy(new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress()), name, target, cord);
        proxy.threads.execute(proxy::accept);
        return proxy;
    }

    /** Where clients come to. */
    int port() {
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
            server.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), target.getAsInt()));
            cord.carry(client, server, threads);
        } catch (IOException e) {
            // One of both went away; so does the other.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            sockets.removeIf(Socket::isClosed);
        }
    }
}
