package io.parallax.api.datadiffs.request;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The guide tells of fields that there are, each once, and says which ones do not act; the API document has them all. */
class ApiGuideTest {
    private static final Path GUIDE = Path.of("..", "src", "docs", "api.md");
    private static final Pattern NAME = Pattern.compile("`([a-z0-9_]+)`");

    @Test
    void explainsFieldsThatThereAre() throws IOException {
        assertThat(lines().stream().flatMap(line -> names(line).stream()))
                .isNotEmpty()
                .doesNotHaveDuplicates()
                .isSubsetOf(DiffValidator.known());
    }

    @Test
    void tellsWhatIsNotSupportedYet() throws IOException {
        assertThat(lines().stream()
                        .filter(line -> line.contains("not supported yet"))
                        .flatMap(line -> names(line).stream()))
                .containsExactlyInAnyOrderElementsOf(DiffValidator.notYet());
    }

    /** The rows of the first table. */
    private static List<String> lines() throws IOException {
        String guide = Files.readString(GUIDE);
        String table = guide.substring(guide.indexOf("## POST /datadiffs"), guide.indexOf("## Reading"));
        return Arrays.stream(table.split("\n"))
                .filter(line -> line.startsWith("| `"))
                .toList();
    }

    /** Those of the first column. */
    private static List<String> names(String line) {
        return NAME.matcher(line.split("\\|", -1)[1])
                .results()
                .map((MatchResult match) -> match.group(1))
                .toList();
    }
}
