package io.parallax.engine.source;

import io.parallax.contract.HostRules;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import javax.net.SocketFactory;

/**
 * Makes sockets for the driver that connect to permitted addresses only, and log in as {@link LoginFilter} says. They look at the very address that they connect to, so a
 * name that resolves to another one a moment later is no way around.
 */
public final class CheckedSockets extends SocketFactory {
    private static final String BETWEEN = ";";
    private final HostRules rules;

    /** The driver calls it with what {@link #argument} has written. */
    public CheckedSockets(String argument) {
        String[] lists = argument.split(BETWEEN, 2);
        this.rules = HostRules.of(lists[0], lists.length == 1 ? "" : lists[1]);
    }

    static String argument(String allowed, String denied) {
        return allowed + BETWEEN + denied;
    }

    @Override
    public Socket createSocket() {
        LoginFilter login = new LoginFilter();
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
