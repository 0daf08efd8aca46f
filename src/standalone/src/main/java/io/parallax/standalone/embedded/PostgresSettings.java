package io.parallax.standalone.embedded;

import java.nio.file.Path;
import java.util.Map;

/**
 * How to start a {@link PostgresServer}.
 *
 * @param directory holds the data and the server's log; made when missing
 * @param binaries where the server is unpacked; may be shared by several
 * @param password the superuser's; must be the one the data was made with
 * @param durable false only for data that nobody will miss: much faster, lost when the machine stops
 * @param parameters the server's own, by name; they win over what the rest says
 */
public record PostgresSettings(
        Path directory, Path binaries, int port, String password, boolean durable, Map<String, String> parameters) {
    public PostgresSettings {
        parameters = Map.copyOf(parameters);
        directory = directory.toAbsolutePath().normalize();
        binaries = binaries.toAbsolutePath().normalize();
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("no such port: " + port);
        }
        if (password.isBlank()) {
            throw new IllegalArgumentException("the superuser needs a password");
        }
    }

    public PostgresSettings(Path directory, Path binaries, int port, String password, boolean durable) {
        this(directory, binaries, port, password, durable, Map.of());
    }

    Path data() {
        return data(directory);
    }

    static Path data(Path directory) {
        return directory.resolve("data");
    }

    Path log() {
        return directory.resolve("server.log");
    }

    /** Written once the data is whole; a start that was cut off leaves none. */
    Path made() {
        return directory.resolve("made");
    }

    /** Never the password. */
    @Override
    public String toString() {
        return "PostgresSettings[directory=" + directory + ", port=" + port + "]";
    }
}
