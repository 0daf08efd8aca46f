package io.parallax.api.requests;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PathTextTest {
    @Test
    void takesNamesAsTheyAreWritten() {
        assertThat(PathText.names("scratch")).containsExactly("scratch");
        assertThat(PathText.names("Sales.Scratch")).containsExactly("Sales", "Scratch");
        assertThat(PathText.names(" sales . scratch ")).containsExactly("sales", "scratch");
        assertThat(PathText.names("\"sales\".\"my.scratch\"")).containsExactly("sales", "my.scratch");
        assertThat(PathText.names("sales.\"the \"\"one\"\"\"")).containsExactly("sales", "the \"one\"");
        assertThat(PathText.names("\"a.b\".c.\"d\"")).containsExactly("a.b", "c", "d");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", " ", ".", "a.", ".a", "a..b", "\"a", "a\"b", "\"a\"b.c", "\"\"", "\"a\".\"b", "a.\" \""})
    void knowsWhatIsNone(String text) {
        assertThat(PathText.names(text)).isEmpty();
    }

    @Test
    void writesWhatItReads() {
        for (List<String> names : List.of(
                List.of("a"),
                List.of("Sales", "scratch"),
                List.of("a.b", "c"),
                List.of("a\"b", "\"", "."),
                List.of(" a", "b "))) {
            assertThat(PathText.names(PathText.of(names))).isEqualTo(names);
        }
        assertThat(PathText.of(List.of("sales", "scratch"))).isEqualTo("sales.scratch");
    }
}
