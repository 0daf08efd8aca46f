package io.parallax.api.pages;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads the form that {@link Html#keyForm} makes. The framework's own reader of forms gives no answer at all where a client has
 * encoded something badly.
 */
final class KeyForm {
    private static final String KEY = "key=";

    private KeyForm() {}

    /** What was typed; null when nothing was; an empty text, which is no key, when nobody can tell. */
    static @Nullable String key(byte[] body) {
        String form = new String(body, StandardCharsets.UTF_8);
        return Arrays.stream(form.split("&"))
                .filter(field -> field.startsWith(KEY))
                .map(field -> decoded(field.substring(KEY.length())))
                .findFirst()
                .orElse(null);
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return "";
        }
    }
}
