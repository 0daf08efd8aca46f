package io.parallax.engine.postgres.session;

import io.parallax.engine.postgres.sql.Sql;
import io.parallax.engine.session.Locking;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** How PostgreSQL locks what a session is about to read. */
public final class TableLocks {
    /** A condition with one of these words may read other tables. */
    private static final Pattern SUBQUERY =
            Pattern.compile("\\b(select|table|values|with)\\b", Pattern.CASE_INSENSITIVE);

    private TableLocks() {}

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

    static String lock(Locking locking) {
        return "lock table " + String.join(", ", locking.tables()) + " in access share mode";
    }

    /** Whether a LOCK TABLE was enough: nothing below any of the tables had to be locked as well. */
    static String isEnough(Locking locking) {
        return locking.tables().stream()
                .map(table ->
                        "(select c.relkind in ('r', 'p') and not row_security_active(c.oid) from pg_catalog.pg_class c where c.oid = "
                                + Sql.literal(table) + "::regclass)")
                .reduce((some, others) -> some + " and " + others)
                .orElse("true");
    }
}
