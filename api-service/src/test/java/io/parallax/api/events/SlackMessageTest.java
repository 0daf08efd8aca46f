package io.parallax.api.events;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class SlackMessageTest {
    private static final String TOTALS =
            """
            , "totals": {"total_rows": [1509, 1761], "nulls": [0, 2], "dupes": [0, 303], "distincts": [1509, 1514],
             "exclusives": [0, 5], "compared_rows": 1453, "rows_with_differences": 0}""";

    private static String text(EventType type, String more) {
        try {
            return SlackMessage.text(new CloudEvent(
                    UUID.randomUUID(),
                    7,
                    type.word(),
                    OffsetDateTime.now(),
                    new ObjectMapper()
                            .readTree(
                                    "{\"table1\": [\"public\", \"a\"], \"link\": \"https://p.example.com/datadiffs/7/overview\" %s}"
                                            .formatted(more))));
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void tellsTheFigures() {
        assertThat(text(EventType.FINISHED, ", \"result\": \"bad-pks\"" + TOTALS))
                .isEqualTo(
                        "*Diff 7 is done: keys are NULL or repeated.* A: `public.a`, B: a query. 1509 rows in A, 1761 in B."
                                + " Of 1453 compared rows, 0 differ. 0 keys are in A only, 5 in B only."
                                + " 0 rows of A have NULL in the key, 2 of B. 0 rows of A repeat a key, 303 of B."
                                + " <https://p.example.com/datadiffs/7/overview|Show it>");
        assertThat(text(EventType.FINISHED, ", \"sampled\": true, \"partial\": {}" + TOTALS))
                .contains("no difference in what was compared. It ended early.", "Of a sample of 1453");
    }

    @ParameterizedTest
    @CsvSource({
        "identical, no difference.",
        "different, values or columns differ.",
        "missing-pks, keys are on one side only.",
        "empty, neither side has a row."
    })
    void tellsTheResult(String result, String words) {
        assertThat(text(EventType.FINISHED, ", \"result\": \"%s\"".formatted(result)))
                .startsWith("*Diff 7 is done: " + words + "*");
    }

    @ParameterizedTest
    @EnumSource(EventType.class)
    void hasWordsForEachEvent(EventType type) {
        assertThat(text(type, ", \"progress\": {\"tenths\": 3}"))
                .startsWith("*Diff 7 ")
                .contains("`public.a`");
    }

    @Test
    void namesAndReasonsMeanNothingButThemselves() {
        String text = text(
                EventType.FAILED,
                ", \"table2\": [\"<!channel>\", \"x`*y*\"], \"error\": {\"error_type\": \"QueryError\", \"error_value\": \"<http://evil|click> & \\n%s\"}"
                        .formatted("x".repeat(10_000)));
        assertThat(text)
                .contains("`&lt;!channel&gt;.x'*y*`", "QueryError: &lt;http://evil|click&gt; &amp; x")
                .doesNotContain("<!", "<http://evil", "\n")
                .hasSizeLessThan(4000);
    }

    @Test
    void aPathAloneIsNoLink() {
        assertThat(text(EventType.CREATED, ", \"link\": \"/datadiffs/7/overview\""))
                .doesNotContain("Show it");
    }
}
