package io.parallax.engine.source;

import io.parallax.engine.postgres.Sql;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a session is about to read, to be locked before its snapshot is taken: who waited for a lock with a snapshot in hand
 * would see tables as they never were, such as without the rows that came with the lock's holder.
 *
 * @param tables quoted paths of all that is read, where a LOCK TABLE may do; empty where it may not
 * @param touches statements that lock all that is read, whatever it is, without reading a row
 */
public record Locking(List<String> tables, List<String> touches) {
    /** Of a session that reads no dataset. */
    public static final Locking NONE = new Locking(List.of(), List.of());

    /** A condition with one of these words may read other tables. */
    private static final Pattern SUBQUERY =
            Pattern.compile("\\b(select|table|values|with)\\b", Pattern.CASE_INSENSITIVE);

    public Locking {
        tables = List.copyOf(tables);
        touches = List.copyOf(touches);
    }

    /**
     * Of one dataset.
     *
     * @param from what stands after FROM: a quoted path or a query in parentheses
     * @param filter what stands after WHERE; null for nothing
     */
    public static Locking of(String from, @Nullable String filter) {
        boolean isTable = from.startsWith("\"")
                && (filter == null || !SUBQUERY.matcher(filter).find());
        // Without the filter, too: partitions that it rules out are locked as well.
        String whole = "explain select from " + from;
        return new Locking(
                isTable ? List.of(from) : List.of(),
                filter == null ? List.of(whole) : List.of(whole, whole + " where (\n" + filter + "\n)"));
    }

    /** Where a LOCK TABLE may take a name for another one than the session does later. */
    public Locking byTouch() {
        return new Locking(List.of(), touches);
    }

    /** Of one session that reads both. */
    public Locking and(Locking other) {
        return new Locking(
                tables.isEmpty() || other.tables.isEmpty() ? List.of() : both(tables, other.tables),
                both(touches, other.touches));
    }

    private static List<String> both(List<String> some, List<String> others) {
        return Stream.concat(some.stream(), others.stream()).distinct().toList();
    }

    boolean isNothing() {
        return touches.isEmpty();
    }

    String lock() {
        return "lock table " + String.join(", ", tables) + " in access share mode";
    }

    /** Whether a LOCK TABLE was enough: nothing below any of the tables had to be locked as well. */
    String isEnough() {
        return tables.stream()
                .map(table ->
                        "(select c.relkind in ('r', 'p') and not row_security_active(c.oid) from pg_catalog.pg_class c where c.oid = "
                                + Sql.literal(table) + "::regclass)")
                .reduce((some, others) -> some + " and " + others)
                .orElse("true");
    }
}
