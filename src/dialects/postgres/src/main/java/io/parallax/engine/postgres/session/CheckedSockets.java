package io.parallax.engine.postgres.session;

import io.parallax.contract.HostRules;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.SocketFactory;

/**
 * Makes sockets for the driver that connect to permitted addresses only, and log in as {@link LoginFilter} says. They look at the very address that they connect to, so a
 * name that resolves to another one a moment later is no way around.
 */
public final class CheckedSockets extends SocketFactory {
    private static final String BETWEEN = ";";
    private static final int PARTS = 3;
    private static final Runnable NOTHING = () -> {};

    /** Who wants to know when something comes back, by a number that goes through the driver. */
    private static final Map<String, Runnable> LISTENERS = new ConcurrentHashMap<>();

    private static final AtomicLong NUMBERS = new AtomicLong();

    private final HostRules rules;
    private final Runnable heard;

    /** The driver calls it with what {@link Listening#argument} has written. */
    public CheckedSockets(String argument) {
        String[] parts = argument.split(BETWEEN, PARTS);
        this.rules = HostRules.of(parts[0], parts.length == 1 ? "" : parts[1]);
        this.heard = parts.length < PARTS ? NOTHING : LISTENERS.getOrDefault(parts[2], NOTHING);
    }

    /** Has that called when the first bytes come back, for sockets that are made before it is closed. */
    static Listening listening(Runnable heard) {
        String number = Long.toString(NUMBERS.incrementAndGet());
        LISTENERS.put(number, heard);
        return new Listening(number);
    }

    /** One login's; to be closed. */
    record Listening(String number) implements AutoCloseable {
        String argument(String allowed, String denied) {
            return allowed + BETWEEN + denied + BETWEEN + number;
        }

        @Override
        public void close() {
            LISTENERS.remove(number);
        }
    }

    @Override
    public Socket createSocket() {
        LoginFilter login = new LoginFilter(heard);
        return new Socket() {
            @Override
            public InputStream getInputStream() throws IOException {
                return login.received(super.getInputStream());
            }

            @Override
            public OutputStream getOutputStream() throws IOException {
                return login.sent(super.getOutputStream());
            }

            @Override
            public void close() throws IOException {
                login.awaitEnd(this);
                super.close();
            }

            @Override
            public void connect(SocketAddress address, int timeout) throws IOException {
                if (address instanceof InetSocketAddress resolved
                        && resolved.getAddress() != null
                        && !rules.permit(resolved.getAddress())) {
                    throw new ForbiddenHostException();
                }
                super.connect(address, timeout);
            }
        };
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        return connected(new InetSocketAddress(host, port));
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress localHost, int localPort) throws IOException {
        return connected(new InetSocketAddress(host, port));
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        return connected(new InetSocketAddress(host, port));
    }

    @Override
    public Socket createSocket(InetAddress address, int port, InetAddress localAddress, int localPort)
            throws IOException {
        return connected(new InetSocketAddress(address, port));
    }

    private Socket connected(InetSocketAddress address) throws IOException {
        Socket socket = createSocket();
        socket.connect(address, 0);
        return socket;
    }
}
