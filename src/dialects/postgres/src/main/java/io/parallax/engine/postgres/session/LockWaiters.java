package io.parallax.engine.postgres.session;

import io.parallax.engine.session.Waiter;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Tells who waits for a lock, from what the server says of it. */
final class LockWaiters {
    private static final int LONGEST = 120;

    /** Where a literal may begin, or a comment: these may hold what is nobody else's business. */
    private static final Pattern PRIVATE = Pattern.compile("['$]|--|/\\*|\\bpassword\\b", Pattern.CASE_INSENSITIVE);

    private LockWaiters() {}

    /**
     * As the server's lists show it.
     *
     * @param query what it runs; null, or words in angle brackets, where the login may not see that
     * @param relation the table that it waits for; null where it is none
     */
    static Waiter of(String mode, @Nullable String query, @Nullable String relation) {
        String text = query == null || query.startsWith("<") ? "" : shown(query);
        String lock = lock(mode, relation);
        return new Waiter(
                Stream.of(text, text.isEmpty() ? lock : "(" + lock + ")")
                        .filter(part -> !part.isEmpty())
                        .collect(Collectors.joining(" ", "a statement of another session that waited for it: ", ".")),
                "Start it again when that is over.");
    }

    /** The recovery of a standby, which has no statement of its own. */
    static Waiter replay(String mode, @Nullable String relation) {
        return new Waiter(
                "its standby's replay, which waited for it: " + lock(mode, relation) + ".",
                "Start it again; if that does not last, set hot_standby_feedback to on there, or compare its primary.");
    }

    private static String lock(String mode, @Nullable String relation) {
        return mode + (relation == null ? "" : " on " + relation);
    }

    private static String shown(String query) {
        String open = PRIVATE.split(query, 2)[0];
        String text = open.strip().replaceAll("\\s+", " ");
        boolean isWhole = open.length() == query.length() && text.length() <= LONGEST;
        return isWhole || text.isEmpty()
                ? text
                : text.substring(0, Math.min(LONGEST, text.length())).strip() + " ...";
    }
}
