package io.parallax.api.problems;

import com.fasterxml.jackson.core.JacksonException;
import io.vertx.core.impl.NoStackTraceThrowable;
import io.vertx.pgclient.PgException;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Tells whether a failure means that the store is away, which passes, from a failure that is ours. */
public final class StoreOutage {
    private static final Set<String> SHUTTING_DOWN_OR_STARTING = Set.of("57P01", "57P02", "57P03", "53300", "25006");

    /** What the client has no types for. The last two come while this service ends, which closes the pool first. */
    private static final List<String> BEGINNINGS = List.of("Timeout", "Pool closed", "Connection is not active now");

    private StoreOutage() {}

    public static boolean caused(Throwable failure) {
        for (@Nullable Throwable t = failure; t != null; t = t.getCause()) {
            if (isOutage(t)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isOutage(Throwable t) {
        return t instanceof IOException && !(t instanceof JacksonException)
                || t instanceof TimeoutException
                || t instanceof io.smallrye.mutiny.TimeoutException
                || t.getClass().getName().equals("io.vertx.sqlclient.ClosedConnectionException")
                || t instanceof PgException && isOutage((PgException) t)
                || t instanceof NoStackTraceThrowable
                        && BEGINNINGS.stream().anyMatch(String.valueOf(t.getMessage())::startsWith);
    }

    private static boolean isOutage(PgException e) {
        String state = e.getSqlState();
        return state != null && (state.startsWith("08") || SHUTTING_DOWN_OR_STARTING.contains(state));
    }
}
