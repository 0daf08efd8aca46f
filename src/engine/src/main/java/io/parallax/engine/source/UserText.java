package io.parallax.engine.source;

import io.parallax.engine.postgres.OwnSql;
import io.parallax.engine.usersql.SqlPosition;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.function.IntUnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/**
 * SQL of a user's in our statements, which put it between {@code (\n} and {@code \n)}.
 *
 * @param what what the user calls it: a query, a filter
 * @param sent as it stands in our statements
 * @param own as the user wrote it
 * @param offsets where in {@code own} a character of {@code sent} comes from
 */
public record UserText(String what, String sent, String own, IntUnaryOperator offsets) {
    private static final String BEFORE = "(\n" + OwnSql.given("");
    private static final String AFTER = "\n)";
    private static final int MOST_SIGNS = 40;

    /** Sent as it was written. */
    public UserText(String what, String text) {
        this(what, text, text, IntUnaryOperator.identity());
    }

    /** Where in a user's text the error is, as a sentence; null where it is in none, or nowhere. */
    static @Nullable String place(List<UserText> texts, String sql, SQLException error) {
        ServerErrorMessage server = error instanceof PSQLException e ? e.getServerErrorMessage() : null;
        int position = server == null ? 0 : server.getPosition();
        if (position < 1 || position > sql.codePointCount(0, sql.length())) {
            return null;
        }
        int offset = sql.offsetByCodePoints(0, position - 1);
        return texts.stream()
                .flatMap(text -> text.at(sql, offset).stream())
                .findFirst()
                .orElse(null);
    }

    private Optional<String> at(String sql, int offset) {
        String whole = BEFORE + sent + AFTER;
        return Stream.iterate(sql.indexOf(whole), start -> start >= 0, start -> sql.indexOf(whole, start + 1))
                .map(start -> offset - start - BEFORE.length())
                .filter(within -> within >= 0 && within < sent.length() + AFTER.length())
                .findFirst()
                .map(within -> sentence(offsets.applyAsInt(Math.min(within, sent.length()))));
    }

    private String sentence(int offset) {
        return "That is at " + SqlPosition.of(own, offset) + " of the " + what + rest(offset) + ".";
    }

    private String rest(int offset) {
        String line = own.substring(offset).lines().findFirst().orElse("").strip();
        int characters = Math.min(MOST_SIGNS, line.codePointCount(0, line.length()));
        return line.isEmpty() ? ", its end" : ": " + line.substring(0, line.offsetByCodePoints(0, characters));
    }
}
