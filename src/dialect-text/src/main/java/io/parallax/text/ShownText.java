package io.parallax.text;

import com.fasterxml.jackson.databind.JsonNode;

/** What is shown of a value, as text. */
public final class ShownText {
    private ShownText() {}

    /** Of one that is not NULL; numbers in digits. */
    public static String of(JsonNode value) {
        return value.isBigDecimal() || value.isBigInteger()
                ? value.decimalValue().toPlainString()
                : value.asText();
    }
}
