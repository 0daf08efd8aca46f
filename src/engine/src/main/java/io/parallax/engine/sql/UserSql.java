package io.parallax.engine.sql;

import io.parallax.contract.DiffFailedException;
import io.parallax.contract.ErrorType;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The guard of users' SQL: what it lets through can be put between {@code (\n} and {@code \n)} and stays in there.
 *
 * <p>That it writes nothing is up to the session, which is read only and rolled back.
 */
public final class UserSql {
    private static final Set<String> QUERY_STARTS = Set.of("select", "with", "values", "table", "(");

    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private UserSql() {}

    /**
     * The query without a closing semicolon.
     *
     * @throws DiffFailedException of type QueryError when it is anything but one query
     */
    public static String query(String sql) {
        SqlScanner scanned = scanned("query", sql);
        String first = scanned.first();
        if (first == null) {
            throw refused("query", "it is empty");
        }
        if (!QUERY_STARTS.contains(first)) {
            throw refused("query", "it must be one SELECT");
        }
        return scanned.statement();
    }

    /**
     * The query with values in place of its parameters, as if they had been bound.
     *
     * @param values SQL expressions, by "1" for $1 and by "name" for :name
     * @throws DiffFailedException of type QueryError when a $n has no value, or a value no place
     */
    public static FilledSql fill(String sql, Map<String, String> values) {
        try {
            return SqlScanner.fill(unmarked(sql), values);
        } catch (SqlRefusedException e) {
            throw refused("query", e.getMessage());
        }
    }

    /**
     * Whether a query or filter has a backslash in a plain string, which would be an escape with standard_conforming_strings off.
     *
     * @throws DiffFailedException of type QueryError when it is no balanced piece of SQL
     */
    public static boolean hasBackslash(String sql) {
        return scanned("query", sql).hasBackslash();
    }

    /**
     * The filter without a closing semicolon; null when there is nothing in it.
     *
     * @throws DiffFailedException of type QueryError when it is anything but one expression
     */
    public static @Nullable String filter(@Nullable String sql) {
        if (sql == null) {
            return null;
        }
        SqlScanner scanned = scanned("filter", sql);
        if (scanned.first() == null) {
            return null;
        }
        if (scanned.statement().isBlank()) {
            throw refused("filter", "it is empty");
        }
        return scanned.statement();
    }

    private static SqlScanner scanned(String what, String sql) {
        try {
            return SqlScanner.scan(unmarked(sql));
        } catch (SqlRefusedException e) {
            throw refused(what, e.getMessage());
        }
    }

    /** Without the mark that some editors begin files with. */
    private static String unmarked(String sql) {
        return sql.startsWith(BYTE_ORDER_MARK) ? sql.substring(BYTE_ORDER_MARK.length()) : sql;
    }

    private static DiffFailedException refused(String what, @Nullable String why) {
        return new DiffFailedException(
                ErrorType.QUERY_ERROR,
                "The " + what + " cannot be used: " + why + ". Give one complete "
                        + (what.equals("query") ? "SELECT" : "condition, as after WHERE") + ".");
    }
}
