package io.parallax.standalone.demo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What the demo has made, for the next run to show again.
 *
 * @param port the embedded PostgreSQL's, when it was made
 * @param production id of the first source
 * @param replica id of the second
 * @param orders id of the first diff
 * @param customers id of the second
 */
record DemoNote(int port, long production, long replica, long orders, long customers) {
    private static final ObjectMapper JSON = new ObjectMapper();

    static Optional<DemoNote> read(Path file) throws IOException {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(JSON.readValue(Files.readString(file), DemoNote.class));
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    void write(Path file) throws IOException {
        Files.writeString(file, JSON.writeValueAsString(this));
    }
}
