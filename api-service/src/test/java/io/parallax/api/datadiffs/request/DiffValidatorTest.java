package io.parallax.api.datadiffs.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parallax.api.ApiDocument;
import io.parallax.api.ServiceTest;
import io.parallax.api.problems.Fault;
import io.parallax.api.problems.InvalidRequestException;
import io.parallax.api.requests.BodyShapes;
import io.parallax.contract.Codec;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What is said of a field that cannot be so, by its schema and by the rules between fields. */
@QuarkusTest
class DiffValidatorTest extends ServiceTest {
    private static final String GOOD =
            """
            {"data_source1_id": 1, "data_source2_id": 1, "table1": ["a"], "table2": ["b"], "pk_columns": ["id"]}""";

    @Inject
    BodyShapes shapes;

    private List<Fault> faults(String fields) throws Exception {
        ObjectMapper mapper = Codec.mapper();
        ObjectNode body = (ObjectNode) mapper.readTree(GOOD);
        body.setAll((ObjectNode) mapper.readTree("{" + fields.replace('\'', '"') + "}"));
        InvalidRequestException refusal = catchThrowableOfType(InvalidRequestException.class, () -> DiffValidator.parse(
                        body.toString().getBytes(StandardCharsets.UTF_8), shapes)
                .check(Map.of(), Set.of(7L)));
        // No source is there.
        return refusal.faults().stream()
                .filter(fault -> !fault.msg().startsWith("There is no data source"))
                .toList();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'data_source1_id': null|[body, data_source1_id]|Must be given.|missing",
                "'data_source1_id': 0|[body, data_source1_id]|Must be between 1 and 9223372036854775807.|out_of_range",
                "'data_source1_id': 1.0|[body, data_source1_id]|Must be a whole number.|int_type",
                "'table1': ['a', 'b', 'c', 'd']|[body, table1]|A table's path has 1 to 3 parts.|too_long",
                "'table1': ['a', '']|[body, table1, 1]|Is blank.|blank",
                "'query1': 5, 'table1': null|[body, query1]|Must be a text.|string_type",
                "'filter1': '\\u0000'|[body, filter1]|Holds the character NUL, which no database takes.|nul_character",
                "'column_mapping': [['a']]|[body, column_mapping, 0]|Must be a pair of texts.|list_type",
                "'sampling_ratio': 1|[body, sampling_ratio]|Must be more than 0 and less than 1.|out_of_range",
                "'sampling_ratio': 1e-500|[body, sampling_ratio]|Must be more than 0 and less than 1.|out_of_range",
                "'sampling_max_rows': 0|[body, sampling_max_rows]|Must be between 1 and 9223372036854775807.|out_of_range",
                "'bisection_factor': 100001|[body, bisection_factor]|Must be between 1 and 100000.|out_of_range",
                "'recheck': 3601|[body, recheck]|Must be between 0 and 3600.|out_of_range",
                "'diff_tolerance': 1e999|[body, diff_tolerance]|Must be at least 0, and of a common size.|out_of_range",
                "'algorithm': 'magic'|[body, algorithm]|Must be one of auto, hashdiff, joindiff, fetch_and_compare, join, hash, hash_v2_alpha, fetch_and_join.|enum",
                "'algorithm': ' '|[body, algorithm]|Is blank.|blank",
                "'table_modifiers': ['x', 'y']|[body, table_modifiers]|Must be some of case_insensitive_strings, null_equals_empty_string.|enum",
                "'diff_tolerances_per_column': [{'tolerance_value': 1}]|[body, diff_tolerances_per_column, 0, column_name]|Must be given.|missing",
                "'diff_tolerances_per_column': [{'column_name': '', 'tolerance_value': 1}]|[body, diff_tolerances_per_column, 0, column_name]|Must be given.|missing",
                "'diff_tolerances_per_column': [{'column_name': 'v', 'tolerance_value': 1, 'x': 1}]|[body, diff_tolerances_per_column, 0, x]|There is no such field here; there are column_name, tolerance_value, tolerance_mode.|unknown",
                "'diff_tolerances_per_column': [{'column_name': 'v', 'tolerance_value': 1}, {'column_name': 'v', 'tolerance_value': 2}]|[body, diff_tolerances_per_column, 1, column_name]|Give each column one tolerance.|duplicate",
                "'webhook_ids': [0]|[body, webhook_ids, 0]|Must be an id.|out_of_range",
                "'webhook_ids': [8]|[body, webhook_ids]|There is no webhook 8.|unknown",
                "'time_column': 't', 'time_interval_start': 'x'|[body, time_interval_start]|Must be a date or a timestamp of ISO 8601, such as 2026-01-31T18:00:00Z.|datetime_parsing",
                "'materialize_dataset1': true, 'temp_schema_override': 'a..b'|[body, temp_schema_override]|Must be names with a dot between them, each in double quotes where a dot or a quote is in it.|path",
                "'file1': 'x'|[body, file1]|This field is not supported yet.|unsupported"
            })
    void saysWhatIsWrongAndWhere(String fields, String place, String msg, String type) throws Exception {
        assertThat(faults(fields)).singleElement().satisfies(fault -> {
            assertThat(fault.loc()).hasToString(place);
            assertThat(fault.msg()).isEqualTo(msg);
            assertThat(fault.type()).isEqualTo(type);
        });
    }

    static Stream<Arguments> unknown() {
        Stream<String> parts =
                Stream.of(DiffRequest.class.getRecordComponents()).map(RecordComponent::getName);
        List<String> values = List.of("5", "'x'", "true", "['a']", "{'data_source1_id': 'x', 'limit': {}}", "null");
        return Stream.concat(parts, Stream.of("columns", "nobody_knows", "__proto__"))
                .flatMap(name -> values.stream().map(value -> Arguments.of(name, value)));
    }

    /** Those that are called like a part of the request, too, whatever they hold. */
    @ParameterizedTest
    @MethodSource("unknown")
    void takesWhatNobodyKnowsForWhatItIs(String name, String value) throws Exception {
        if (!DiffValidator.known().contains(name)) {
            assertThat(faults("'" + name + "': " + value)).isEmpty();
        }
    }

    /** Many names of one hash: compared each with each other one they would take a minute. */
    @Test
    void refusesManyFaultsSoon() throws Exception {
        StringBuilder parameters = new StringBuilder("'data_source1_session_parameters': {'x': []");
        for (int i = 0; i < 1 << 14; i++) {
            String name = Integer.toBinaryString(1 << 14 | i).replace("0", "Aa").replace("1", "BB");
            parameters.append(", '").append(name).append("': []");
        }
        Instant begun = Instant.now();

        assertThat(faults(parameters.append('}').toString())).hasSize(1000);

        assertThat(Duration.between(begun, Instant.now())).isLessThan(Duration.ofSeconds(20));
    }

    /** Whether it is sound or not, a field is there; what it says is compared where it is. */
    @Test
    void goesOnWithWhatIsSound() throws Exception {
        assertThat(
                        faults(
                                "'query1': 'select 1', 'sampling_ratio': 5, 'diff_threshold': 0, 'algorithm': 'x', 'algorithm_hint': 'hash'"))
                .extracting(Fault::loc)
                .hasToString(
                        "[[body, sampling_ratio], [body, diff_threshold], [body, algorithm], [body, table1], [body, diff_threshold]]");
    }

    @Test
    void whatSaysNothingIsNotThere() throws Exception {
        assertThat(
                        faults(
                                """
                        'query1': '', 'tags': [], 'time_aggregate': '', 'tolerance_mode': '', 'file1_options': {}, 'purged': false,
                        'column_rules': [], 'temp_schema_override': '', 'recheck': null, 'webhook_ids': []"""))
                .isEmpty();
    }

    /** A field of the one that the other does not know would be taken and say nothing. */
    @Test
    void theDocumentAndTheRequestKnowTheSameFields() {
        JsonNode properties = ApiDocument.served().schemas().path("DiffRequest").path("properties");
        assertThat(properties.properties().stream().map(Map.Entry::getKey))
                .containsExactlyInAnyOrderElementsOf(DiffValidator.known());
        Stream<String> shown = ApiDocument.served().schemas().path("DataDiff").path("properties").properties().stream()
                .map(Map.Entry::getKey);
        assertThat(shown).containsAll(DiffValidator.known());
    }
}
