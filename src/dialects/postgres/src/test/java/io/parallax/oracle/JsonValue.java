package io.parallax.oracle;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.StreamSupport;

/**
 * JSON as jsonb sees it: unordered members of which the last of a name counts, numbers by value. What jsonb does not see is
 * the text that it is.
 */
final class JsonValue {
    private static final ObjectMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNumberLength(1_000_000)
                            .maxNestingDepth(100_000)
                            .build())
                    .build())
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private static final int DIGITS_BEFORE_THE_POINT = 131_072;
    private static final int DIGITS_AFTER_THE_POINT = 16_383;

    /** A text that is no jsonb value. */
    private record Text(String text) {}

    /** JSON's null, which is no SQL NULL. */
    private enum Null {
        NULL
    }

    private JsonValue() {}

    static Object parse(String text) {
        try {
            return isValue(text) ? of(MAPPER.readTree(text)) : new Text(text);
        } catch (IOException e) {
            throw new IllegalArgumentException(text, e);
        }
    }

    private static boolean isValue(String text) throws IOException {
        try (JsonParser parser = MAPPER.createParser(text)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                boolean isKnown =
                        switch (token) {
                            case FIELD_NAME, VALUE_STRING -> isWhole(parser.getText());
                            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> isNumeric(parser.getText());
                            default -> true;
                        };
                if (!isKnown) {
                    return false;
                }
            }
            return true;
        }
    }

    /** Of characters that are more than half of one, and not the first of all. */
    private static boolean isWhole(String text) {
        return text.codePoints().noneMatch(sign -> sign == 0 || (sign >= 0xD800 && sign <= 0xDFFF));
    }

    private static boolean isNumeric(String text) {
        BigDecimal number = new BigDecimal(text);
        return number.scale() <= DIGITS_AFTER_THE_POINT
                && (number.signum() == 0 || number.precision() - number.scale() <= DIGITS_BEFORE_THE_POINT);
    }

    private static Object of(JsonNode node) {
        return switch (node.getNodeType()) {
            case OBJECT -> members(node);
            case ARRAY -> elements(node);
            case NUMBER -> node.decimalValue().stripTrailingZeros();
            case STRING -> node.textValue();
            case BOOLEAN -> node.booleanValue();
            default -> Null.NULL;
        };
    }

    private static Map<String, Object> members(JsonNode object) {
        Map<String, Object> members = new TreeMap<>();
        object.fields().forEachRemaining(member -> members.put(member.getKey(), of(member.getValue())));
        return members;
    }

    private static List<Object> elements(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(JsonValue::of)
                .toList();
    }
}
