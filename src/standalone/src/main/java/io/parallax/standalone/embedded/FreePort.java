package io.parallax.standalone.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.security.SecureRandom;

/** TCP ports of the loopback interface that nobody listens on. */
public final class FreePort {
    /** Below the ports that operating systems hand out themselves, so that a port kept for later is likely still free. */
    private static final int LOWEST = 15_000;

    private static final int HIGHEST = 32_000;
    private static final int TRIES = 200;
    private static final SecureRandom RANDOM = new SecureRandom();

    private FreePort() {}

    /** A port that is free now; whoever takes it may still be beaten to it. */
    public static int any() {
        for (int i = 0; i < TRIES; i++) {
            int port = LOWEST + RANDOM.nextInt(HIGHEST - LOWEST);
            if (isFree(InetAddress.getLoopbackAddress(), port)) {
                return port;
            }
        }
        throw new UncheckedIOException(new IOException("no free port between " + LOWEST + " and " + HIGHEST));
    }

    /** Such a port, and not this one, which somebody is about to take. */
    public static int anyBut(int taken) {
        int port = any();
        return port == taken ? anyBut(taken) : port;
    }

    public static boolean isFree(InetAddress address, int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(address, port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
