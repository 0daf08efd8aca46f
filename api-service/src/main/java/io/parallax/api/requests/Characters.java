package io.parallax.api.requests;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/** Which characters a text may have: those that every database takes, and every reader of JSON. */
final class Characters {
    /** Why a text is refused. */
    enum Flaw {
        NUL("Holds the character NUL, which no database takes.", "nul_character"),
        LONE_SURROGATE("Holds half of a surrogate pair, which is no character.", "lone_surrogate");

        private final String msg;
        private final String type;

        Flaw(String msg, String type) {
            this.msg = msg;
            this.type = type;
        }

        String msg() {
            return msg;
        }

        String type() {
            return type;
        }
    }

    private Characters() {}

    static Optional<Flaw> flaw(String text) {
        if (text.indexOf('\0') >= 0) {
            return Optional.of(Flaw.NUL);
        }
        boolean lone = text.codePoints().anyMatch(point -> Character.getType(point) == Character.SURROGATE);
        return lone ? Optional.of(Flaw.LONE_SURROGATE) : Optional.empty();
    }

    /** The same of every text in a value. */
    static Optional<Flaw> flaw(JsonNode value) {
        return flaw(leaves(value));
    }

    private static String leaves(JsonNode value) {
        if (!value.isContainerNode()) {
            return value.asText();
        }
        StringBuilder leaves = new StringBuilder();
        value.fieldNames().forEachRemaining(name -> leaves.append(name).append(' '));
        value.forEach(inner -> leaves.append(leaves(inner)).append(' '));
        return leaves.toString();
    }
}
