package io.parallax.bench;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** The SQL that lies beside the classes. */
final class Sql {
    private Sql() {}

    static String read(String resource) throws IOException {
        try (InputStream stream = Sql.class.getResourceAsStream(resource)) {
            if (stream == null) {
                throw new IllegalArgumentException("no resource " + resource);
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** A script's statements, each of which runs in a transaction of its own. */
    static List<String> statements(String resource) throws IOException {
        return Arrays.stream(read(resource).split(";\n", -1))
                .map(String::strip)
                .filter(statement -> !statement.isEmpty())
                .toList();
    }
}
