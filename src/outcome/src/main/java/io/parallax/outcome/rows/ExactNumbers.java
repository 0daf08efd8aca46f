package io.parallax.outcome.rows;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.parallax.contract.Codec;
import io.parallax.outcome.PlanSummary;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Rows as they are answered: values of {@code int8} and {@code numeric} are texts, whatever they are, as many readers of JSON
 * have floats only and lose digits. Numbers of 32 bits, and floats, stay numbers. Where a diff is too old to know its types,
 * those numbers become texts that a float does not hold to the digit, or an integer of 32 bits.
 *
 * @param types what the values of each column are; null where nobody knows
 */
public record ExactNumbers(@Nullable Map<String, String> types) {
    private static final ObjectMapper MAPPER = Codec.mapper();
    private static final Set<String> TEXTS = Set.of("int8", "numeric");

    public static ExactNumbers of(@Nullable PlanSummary summary) {
        List<String> words = summary == null ? null : summary.types();
        if (summary == null || words == null) {
            return new ExactNumbers(null);
        }
        List<String> names = Stream.concat(summary.key().stream(), summary.comparedColumns().stream())
                .toList();
        Map<String, String> types = new HashMap<>();
        for (int column = 0; column < names.size(); column++) {
            types.put(names.get(column), words.get(column));
        }
        return new ExactNumbers(types);
    }

    /** The same key, or the same values, by column. */
    public String of(String json) {
        if (types != null && TEXTS.stream().noneMatch(types::containsValue)) {
            return json;
        }
        StringWriter text = new StringWriter(json.length() + 16);
        try (JsonParser parser = MAPPER.createParser(json);
                JsonGenerator generator = MAPPER.createGenerator(text)) {
            copy(parser, generator);
        } catch (IOException e) {
            throw new UncheckedIOException("a row in the store is no JSON", e);
        }
        return text.toString();
    }

    private void copy(JsonParser parser, JsonGenerator generator) throws IOException {
        String column = "";
        int depth = 0;
        for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
            depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
            if (token == JsonToken.FIELD_NAME && depth == 1) {
                column = parser.currentName();
            }
            if (!token.isNumeric()) {
                generator.copyCurrentEvent(parser);
            } else if (isText(column, parser.getText())) {
                generator.writeString(new BigDecimal(parser.getText()).toPlainString());
            } else {
                generator.writeNumber(parser.getText());
            }
        }
    }

    private boolean isText(String column, String number) {
        return types == null ? !isExact(number) : TEXTS.contains(types.getOrDefault(column, ""));
    }

    private static boolean isExact(String number) {
        double value = Double.parseDouble(number);
        return Double.toString(value).equals(number)
                || Integer.toString((int) value).equals(number);
    }
}
