package io.parallax.standalone;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The command line.
 *
 * @param fresh throw away what earlier runs kept
 * @param port to serve on; null where the environment says it
 * @param help only say what there is to say
 * @param version only say which version it is
 */
record Options(boolean fresh, @Nullable String port, boolean help, boolean version) {
    static final String USAGE =
            """
            Parallax tells, exactly, how two tables differ. This runs the API service, a worker, PostgreSQL and Kafka in one process.

            java -jar quarkus-run.jar [--fresh] [--port PORT] [--version] [--help]

              --fresh       throw away what earlier runs kept, then start
              --port PORT   the port of the API; 0 for any free one (default 8080)
              --version     print the version, and end
              --help, -h    print this, and end

            Environment:
              PARALLAX_DATA         where data is kept (default ~/.parallax); one process uses it at a time
              PARALLAX_PUBLIC_URL   where others find the API, such as behind a proxy; links begin with it
              QUARKUS_HTTP_HOST     the address of the API; anything but loopback lets others in (default 127.0.0.1)
              QUARKUS_HTTP_PORT     the same as --port, which wins
              QUARKUS_MANAGEMENT_HOST, QUARKUS_MANAGEMENT_PORT
                                    the same of health and metrics (default 127.0.0.1, 9000)

            What cannot start says why in one sentence, and ends with 2. Ctrl-C stops everything.
            """;

    static Options of(String... arguments) {
        boolean fresh = false;
        String port = null;
        boolean help = false;
        boolean version = false;
        Iterator<String> left = Arrays.asList(arguments).iterator();
        while (left.hasNext()) {
            String argument = left.next();
            switch (argument) {
                case "--fresh" -> fresh = true;
                case "--help", "-h" -> help = true;
                case "--version" -> version = true;
                case "--port" -> port = left.hasNext() ? left.next() : "";
                default -> {
                    if (!argument.startsWith("--port=")) {
                        throw new StartRefusedException("There is no option " + argument
                                + "; there are --fresh, --port, --version and --help.");
                    }
                    port = argument.substring("--port=".length());
                }
            }
        }
        return new Options(fresh, port, help, version);
    }

    /** The version of this program, written down when it was built. */
    static String versionText() {
        try (InputStream file = Objects.requireNonNull(Options.class.getResourceAsStream("version.txt"))) {
            return "Parallax " + new String(file.readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
