package io.parallax.api.problems;

import com.fasterxml.jackson.core.JacksonException;
import io.vertx.core.VertxException;
import io.vertx.core.impl.NoStackTraceThrowable;
import io.vertx.sqlclient.DatabaseException;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import org.hibernate.JDBCException;
import org.jspecify.annotations.Nullable;

/**
 * Tells whether a failure means that the store is away or busy, which passes, from a failure that is ours. Of what the store itself
 * answers, only what it says of our statements and their values is ours; of what its client says, nothing is.
 */
public final class StoreOutage {
    /** Cases, cardinality, data, integrity, cursors, names and rights, views, limits, PL/pgSQL. */
    private static final Set<String> OURS = Set.of("20", "21", "22", "23", "24", "34", "42", "44", "54", "P0");

    private static final String CONFLICT = "40";

    private static final int CLASS = 2;

    private StoreOutage() {}

    public static boolean caused(Throwable failure) {
        for (@Nullable Throwable t = failure; t != null; t = t.getCause()) {
            if (isOutage(t)) {
                return true;
            }
        }
        return false;
    }

    /** Whether two were in each other's way: whoever tries again at once comes through. */
    public static boolean conflict(Throwable failure) {
        return failure instanceof DatabaseException answer
                && String.valueOf(answer.getSqlState()).startsWith(CONFLICT);
    }

    private static boolean isOutage(Throwable t) {
        if (t instanceof DatabaseException answer) {
            return isOutage(answer.getSqlState());
        }
        if (t instanceof JDBCException answer) {
            return isOutage(answer.getSQLState());
        }
        return t instanceof IOException && !(t instanceof JacksonException)
                || t instanceof TimeoutException
                || t instanceof io.smallrye.mutiny.TimeoutException
                || t instanceof RejectedExecutionException
                // The client's own: no connection within the time, too many waiting for one, a pool that closes, and so
                // on.
                || t instanceof VertxException
                || t instanceof NoStackTraceThrowable;
    }

    private static boolean isOutage(@Nullable String state) {
        return state == null || state.length() < CLASS || !OURS.contains(state.substring(0, CLASS));
    }
}
