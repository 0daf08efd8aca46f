package io.parallax.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Which files of the engine, the contract, the worker and the rooms on sources and their differences name a kind of source: those that do are to become a dialect's, and no more may. */
class VendorsTest {
    private static final Path API = Path.of("src", "main", "java", "io", "parallax", "api");
    private static final Path SHARED = Path.of("..", "src");
    private static final Path MAIN = Path.of("src", "main", "java");
    private static final Path WORKER = Path.of("..", "diff-worker").resolve(MAIN);
    private static final Pattern VENDOR =
            Pattern.compile("postgres|\\bpg_|\\Wpg\\W|mysql|maria|duckdb|oracle|snowflake");

    private static final Set<String> NAMED_SO_FAR = Set.of(
            // That there are no past states.
            "RefusedFields.java",
            // Examples in the API document.
            "SourceTypeObject.java",
            "SourceRequest.java",
            "DataSourceObject.java",
            "DataSourceResource.java",
            // The store's own.
            "DataSources.java",
            // Whose plans name no dialect.
            "Dialects.java",
            // Where users' SQL ends, by the rules of one lexer.
            "SqlScanner.java");

    @Test
    void noMoreFilesNameAVendor() throws IOException {
        Set<String> naming = new TreeSet<>();
        for (Path room : List.of(
                API.resolve("datadiffs"),
                API.resolve("datasources"),
                API.resolve("results"),
                API.resolve("repair"),
                SHARED.resolve("outcome").resolve(MAIN),
                SHARED.resolve("contract").resolve(MAIN),
                SHARED.resolve("engine").resolve(MAIN),
                WORKER)) {
            naming.addAll(naming(room));
        }
        assertThat(naming).containsExactlyInAnyOrderElementsOf(NAMED_SO_FAR);
    }

    private static List<String> naming(Path room) throws IOException {
        try (Stream<Path> files = Files.walk(room)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .filter(VendorsTest::namesOne)
                    .map(file -> file.getFileName().toString())
                    .toList();
        }
    }

    private static boolean namesOne(Path file) {
        try {
            return VENDOR.matcher(Files.readString(file).toLowerCase(Locale.ROOT))
                    .find();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
