package io.parallax.engine.postgres.sql;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** One piece of SQL; {@code word}: in lower case, empty where it is none. */
record SqlToken(Kind kind, String text, String word) {
    enum Kind {
        WORD,
        QUOTED,
        STRING,
        NUMBER,
        OPERATOR,
        /** A comma or semicolon. */
        SEPARATOR,
        /** Anything else. */
        SIGN,
        /** What a user wrote, in its parentheses. */
        GIVEN
    }

    static SqlToken of(Kind kind, String text) {
        return new SqlToken(kind, text, kind == Kind.WORD ? text.toLowerCase(Locale.ROOT) : "");
    }

    boolean is(@Nullable String other) {
        return kind == Kind.WORD ? word.equals(other) : kind != Kind.STRING && text.equals(other);
    }
}
