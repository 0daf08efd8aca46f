package io.parallax.api.problems;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Whoever asks the store says by {@link OutageLog} that it does not answer: they are many, and ask again and again. */
class OutageLogTest {
    private static final Path SOURCES = Path.of("src/main/java");
    private static final Pattern WARNING = Pattern.compile("LOG\\s*\\.(?:warn|error)[a-z]*\\([^;]*?\\bfailure\\b[^;]*");

    /** What is said of a failure that is none of the store's, or is told apart before. */
    private static final List<String> OTHERS = List.of(
            "for Kafka: %s",
            "Workers do not hear yet",
            "Nobody hears yet",
            "A page failed",
            "cannot be opened",
            "is too large to be given",
            "A request by message failed",
            "goes to the dead letters",
            "\"%s will be tried again\"",
            // All that is left of an entry of the audit trail.
            "Not on record");

    private static Stream<String> warnings(Path file) {
        try {
            return WARNING.matcher(Files.readString(file))
                    .results()
                    .map(found -> file.getFileName() + ": " + found.group());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void everybodySaysItByThis() throws IOException {
        try (Stream<Path> files = Files.walk(SOURCES)) {
            List<String> warnings = files.filter(file -> file.toString().endsWith(".java"))
                    .flatMap(OutageLogTest::warnings)
                    .toList();
            assertThat(warnings).hasSizeGreaterThan(5);
            assertThat(warnings.stream().filter(warning -> OTHERS.stream().noneMatch(warning::contains)))
                    .isEmpty();
        }
    }
}
