package io.parallax.bench.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.parallax.bench.table.Known;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class AnswerTest {
    private static final String SUMMARY =
            """
            {"status": "success",
             "pks": {"total_rows": [1000, 1000], "nulls": [0, 0], "dupes": [0, 0], "distincts": [1000, 1000],
                     "exclusives": [25, 25]},
             "values": {"total_rows": 975, "rows_with_differences": 50, "values_with_differences": 50,
                        "columns_diff_stats": [{"column_name": "movieid", "values_different": 0},
                                               {"column_name": "userid", "values_different": 50}]}}
            """;

    private final Answer expected = Answer.expected(new Known(1000, 25, 50), "userid");

    @Test
    void isRightWhenAllCountsAre() throws IOException {
        assertThat(Answer.of(json(SUMMARY), "userid")).isEqualTo(expected);
    }

    @Test
    void isWrongWhenOneCountIs() throws IOException {
        assertThat(Answer.of(json(SUMMARY.replace("[25, 25]", "[25, 24]")), "userid"))
                .isNotEqualTo(expected);
        assertThat(Answer.of(json(SUMMARY.replace("\"dupes\": [0, 0], ", "")), "userid"))
                .isNotEqualTo(expected);
        assertThat(Answer.of(json(SUMMARY.replace("\"values_different\": 50", "\"values_different\": 49")), "userid"))
                .isNotEqualTo(expected);
    }

    private static JsonNode json(String text) throws IOException {
        return new ObjectMapper().readTree(text);
    }
}
