package io.parallax.engine.postgres.session;

import io.parallax.engine.postgres.sql.OwnSql;
import io.parallax.engine.session.UserText;
import io.parallax.engine.sql.SqlPosition;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** Where in what users wrote the server has found an error. */
final class UserTextPlaces {
    private static final String BEFORE = "(\n" + OwnSql.given("");
    private static final String AFTER = "\n)";
    private static final int MOST_SIGNS = 40;

    private UserTextPlaces() {}

    /** Where in a user's text the error is, as a sentence; null where it is in none, or nowhere. */
    static @Nullable String place(List<UserText> texts, String sql, SQLException error) {
        ServerErrorMessage server = error instanceof PSQLException e ? e.getServerErrorMessage() : null;
        int position = server == null ? 0 : server.getPosition();
        if (position < 1 || position > sql.codePointCount(0, sql.length())) {
            return null;
        }
        int offset = sql.offsetByCodePoints(0, position - 1);
        return texts.stream()
                .flatMap(text -> at(text, sql, offset).stream())
                .findFirst()
                .orElse(null);
    }

    private static Optional<String> at(UserText text, String sql, int offset) {
        String whole = BEFORE + text.sent() + AFTER;
        return Stream.iterate(sql.indexOf(whole), start -> start >= 0, start -> sql.indexOf(whole, start + 1))
                .map(start -> offset - start - BEFORE.length())
                .filter(within -> within >= 0 && within < text.sent().length() + AFTER.length())
                .findFirst()
                .map(within -> sentence(
                        text,
                        text.offsets().applyAsInt(Math.min(within, text.sent().length()))));
    }

    private static String sentence(UserText text, int offset) {
        return "That is at " + SqlPosition.of(text.own(), offset) + " of the " + text.what() + rest(text.own(), offset)
                + ".";
    }

    private static String rest(String own, int offset) {
        String line = own.substring(offset).lines().findFirst().orElse("").strip();
        int characters = Math.min(MOST_SIGNS, line.codePointCount(0, line.length()));
        return line.isEmpty() ? ", its end" : ": " + line.substring(0, line.offsetByCodePoints(0, characters));
    }
}
