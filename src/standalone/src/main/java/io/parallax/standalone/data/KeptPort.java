package io.parallax.standalone.data;

import io.parallax.standalone.embedded.FreePort;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;

/** A loopback port that stays the same from run to run where it can: sources that point at it keep working. */
public final class KeptPort {
    private KeptPort() {}

    /** The port noted in the file if it is free, another one otherwise; the file then names it. */
    public static int in(Path file) throws IOException {
        OptionalInt noted = noted(file);
        if (noted.isPresent() && FreePort.isFree(InetAddress.getLoopbackAddress(), noted.getAsInt())) {
            return noted.getAsInt();
        }
        int port = FreePort.any();
        Files.writeString(file, port + "\n");
        return port;
    }

    private static OptionalInt noted(Path file) throws IOException {
        if (!Files.exists(file)) {
            return OptionalInt.empty();
        }
        try {
            int port = Integer.parseInt(Files.readString(file).strip());
            return port > 0 && port <= 65_535 ? OptionalInt.of(port) : OptionalInt.empty();
        } catch (NumberFormatException e) {
            return OptionalInt.empty();
        }
    }
}
