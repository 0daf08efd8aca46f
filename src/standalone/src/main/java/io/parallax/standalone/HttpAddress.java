package io.parallax.standalone;

import io.parallax.standalone.embedded.FreePort;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where something is served: on the loopback interface, unless the environment says otherwise. */
record HttpAddress(String host, int port) {
    private static final String HOST = "QUARKUS_HTTP_HOST";
    private static final String PORT = "QUARKUS_HTTP_PORT";
    private static final String OPTION = "--port";
    private static final String MANAGEMENT_HOST = "QUARKUS_MANAGEMENT_HOST";
    private static final String MANAGEMENT_PORT = "QUARKUS_MANAGEMENT_PORT";
    private static final int USUAL_MANAGEMENT_PORT = 9000;
    private static final String LOOPBACK = "127.0.0.1";

    /**
     * The API's, port 8080 if nothing is said: the address that the environment asks for; port 0 stands for any free one.
     *
     * @param option the port of the command line, which wins; null for none
     *
     * @throws StartRefusedException when it cannot be had
     */
    static HttpAddress claimed(Map<String, String> environment, @Nullable String option) {
        String host = environment.getOrDefault(HOST, LOOPBACK).strip();
        int port = option == null
                ? port(PORT, environment.getOrDefault(PORT, "8080").strip())
                : port(OPTION, option.strip());
        InetAddress address = address(HOST, host);
        if (port == 0) {
            return new HttpAddress(host, FreePort.any());
        }
        if (!FreePort.isFree(address, port)) {
            throw inUse(host, port, OPTION + " " + (port % 65_535 + 1));
        }
        return new HttpAddress(host, port);
    }

    /**
     * Where health and metrics are: what the environment asks for, else port 9000, or any free one where that is taken.
     *
     * @param api where the API is going to be
     *
     * @throws StartRefusedException when it cannot be had
     */
    static HttpAddress management(Map<String, String> environment, HttpAddress api) {
        String host = environment.getOrDefault(MANAGEMENT_HOST, LOOPBACK).strip();
        InetAddress address = address(MANAGEMENT_HOST, host);
        String asked = environment.get(MANAGEMENT_PORT);
        int port = asked == null ? USUAL_MANAGEMENT_PORT : port(MANAGEMENT_PORT, asked.strip());
        if (port != 0 && port != api.port() && FreePort.isFree(address, port)) {
            return new HttpAddress(host, port);
        }
        if (port != 0 && asked != null) {
            throw inUse(host, port, MANAGEMENT_PORT + "=0");
        }
        return new HttpAddress(host, FreePort.anyBut(api.port()));
    }

    private static StartRefusedException inUse(String host, int port, String other) {
        return new StartRefusedException("Port " + port + " of " + host
                + " is in use by another program or not yours to use; stop that program, or choose another port,"
                + " for example " + other + ".");
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

    private static InetAddress address(String name, String host) {
        try {
            return InetAddress.getByName(host);
        } catch (UnknownHostException e) {
            throw new StartRefusedException(name + " is no address of this machine: " + host + ".", e);
        }
    }
}
