package io.parallax.endtoend.requests;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parallax.oracle.draw.Dice;
import java.util.List;
import java.util.stream.StreamSupport;

/** A value that a field cannot have. */
record BadValue(String field, JsonNode value) {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private static final List<String> ALL = List.of(
            "data_source1_id 999999",
            "data_source1_id 0",
            "data_source2_id \"one\"",
            "data_source2_id null",
            "table1 \"orders\"",
            "table1 [\"a\", \"b\", \"c\", \"d\"]",
            "table2 [\"a\", 1]",
            "table2 [\" \"]",
            "query1 [1]",
            "filter1 5",
            "filter2 \"id > '\\u0000'\"",
            "pk_columns [1]",
            "pk_columns \"id\"",
            "pk_columns [\"id\", \"id\"]",
            "include_columns \"id\"",
            "exclude_columns [null]",
            "columns_to_compare {\"id\": 1}",
            "column_mapping [[\"a\"]]",
            "column_mapping [[\"a\", \"b\"], [\"a\", \"c\"]]",
            "time_column 7",
            "time_aggregate \"fortnight\"",
            "time_interval_start \"yesterday\"",
            "time_interval_start \"2026-02-30\"",
            "time_interval_end \"12026-01-01T00:00:00Z\"",
            "sampling_tolerance 1",
            "sampling_confidence 100",
            "sampling_ratio 0",
            "sampling_ratio \"half\"",
            "sampling_max_rows 0",
            "sampling_threshold -1",
            "diff_tolerances_per_column {\"id\": 1}",
            "diff_tolerances_per_column [{\"column_name\": \"v\", \"tolerance_value\": -0.1}]",
            "diff_tolerances_per_column [{\"column_name\": \"v\"}]",
            "diff_tolerance -0.1",
            "diff_tolerance 1e9999",
            "tolerance_mode \"fuzzy\"",
            "datetime_tolerance 7",
            "datetime_tolerance 1.5",
            "table_modifiers [\"ignore_everything\"]",
            "sort_array_columns 5",
            "compare_duplicates \"yes\"",
            "diff_threshold 0",
            "per_column_diff_limit 1.5",
            "download_limit \"many\"",
            "algorithm \"magic\"",
            "bisection_factor 0",
            "bisection_threshold 99999999999",
            "snapshot 1",
            "recheck 3601",
            "recheck -1",
            "tags \"nightly\"",
            "tags [\"\"]",
            "archived \"no\"",
            "infer_pk \"yes\"",
            "infer_pk_avoid_types [5]",
            "data_source1_session_parameters {\"jit\": \"on\"}",
            "data_source2_session_parameters {\"work mem\": \"1MB\"}",
            "data_source2_session_parameters [\"work_mem\"]",
            "time_travel_point1 -60",
            "execute_as_user true",
            "purged true",
            "file1 \"orders.csv\"");

    static BadValue draw(Dice dice) {
        String[] drawn = dice.pick(ALL).split(" ", 2);
        return new BadValue(drawn[0], json(drawn[1]));
    }

    static JsonNode json(String text) {
        try {
            return MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(text, e);
        }
    }

    void into(ObjectNode body) {
        body.set(field, value);
    }

    /** Whether an answer's faults are about the field. */
    boolean isNamedBy(JsonNode problem) {
        return StreamSupport.stream(problem.path("detail").spliterator(), false)
                .anyMatch(fault -> fault.path("loc").path(1).asText().equals(field));
    }
}
