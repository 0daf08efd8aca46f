package io.parallax.standalone;

import io.parallax.standalone.embedded.FreePort;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where the API is served: on the loopback interface, port 8080, unless the environment says otherwise. */
record HttpAddress(String host, int port) {
    private static final String HOST = "QUARKUS_HTTP_HOST";
    private static final String PORT = "QUARKUS_HTTP_PORT";
    private static final String OPTION = "--port";

    /**
     * The address that the environment asks for; port 0 stands for any free one.
     *
     * @param option the port of the command line, which wins; null for none
     *
     * @throws StartRefusedException when it cannot be had
     */
    static HttpAddress claimed(Map<String, String> environment, @Nullable String option) {
        String host = environment.getOrDefault(HOST, "127.0.0.1").strip();
        int port = option == null
                ? port(PORT, environment.getOrDefault(PORT, "8080").strip())
                : port(OPTION, option.strip());
        InetAddress address = address(host);
        if (port == 0) {
            return new HttpAddress(host, FreePort.any());
        }
        if (!FreePort.isFree(address, port)) {
            throw new StartRefusedException("Port " + port + " of " + host
                    + " is in use by another program or not yours to use; stop that program, or choose another port,"
                    + " for example " + OPTION + " " + (port % 65_535 + 1) + ".");
        }
        return new HttpAddress(host, port);
    }

    /** Where a client on this machine finds it. */
    URI url() {
        String reachable = host.equals("0.0.0.0") || host.equals("::") ? "127.0.0.1" : host;
        String bracketed = reachable.contains(":") ? "[" + reachable + "]" : reachable;
        return URI.create("http://" + bracketed + ":" + port);
    }

    private static int port(String name, String text) {
        try {
            int port = Integer.parseInt(text);
            if (port >= 0 && port <= 65_535) {
                return port;
            }
        } catch (NumberFormatException e) {
            // Said below, for both.
        }
        throw new StartRefusedException(
                name + " is not a port: " + text + "; use a number from 1 to 65535, or 0 for any free one.");
    }

    private static InetAddress address(String host) {
        try {
            return InetAddress.getByName(host);
        } catch (UnknownHostException e) {
            throw new StartRefusedException(HOST + " is no address of this machine: " + host + ".", e);
        }
    }
}
