package io.parallax.api.requests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonTypesTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "['string', 'null']|a text|string_type",
                "['integer']|a whole number|int_type",
                "['array']|a list|list_type",
                "['integer', 'array']|a whole number or a list|list_type",
                "['string', 'number', 'boolean']|a text or a number or true or false|scalar_type"
            })
    void saysWhatAValueIs(String types, String words, String fault) throws Exception {
        JsonNode shape = new ObjectMapper().readTree("{\"type\": " + types.replace('\'', '"') + "}");
        assertThat(JsonTypes.words(shape)).isEqualTo(words);
        assertThat(JsonTypes.fault(shape)).isEqualTo(fault);
    }
}
