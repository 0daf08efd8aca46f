package io.parallax.bench.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A server that takes connections and never says a word. */
public final class SilentServer implements AutoCloseable {
    private final ServerSocket door = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
    private final List<Socket> clients = new CopyOnWriteArrayList<>();

    private SilentServer() throws IOException {}

    public static SilentServer start() throws IOException {
        SilentServer server = new SilentServer();
        Thread thread = new Thread(server::accept, "silent-server");
        thread.setDaemon(true);
        thread.start();
        return server;
    }

    public int port() {
        return door.getLocalPort();
    }

    /** How many have come so far. */
    public int clients() {
        return clients.size();
    }

    private void accept() {
        while (!door.isClosed()) {
            try {
                clients.add(door.accept());
            } catch (IOException e) {
                // Closed, or this one went away.
            }
        }
    }

    @Override
    public void close() throws IOException {
        door.close();
        for (Socket client : clients) {
            client.close();
        }
    }
}
