package io.parallax.api.problems;

import io.quarkus.logging.LoggingFilter;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.logging.Filter;
import java.util.logging.LogRecord;
import org.jboss.logmanager.ExtLogRecord;

/** Our libraries tell of an outage of the store by a stack trace for each attempt; of these the first lines suffice, now and then. */
@LoggingFilter(name = "outages")
public final class OutageFilter implements Filter {
    /** One tells of our own threads, by an exception that its clients have, too; the other why a service does not start, once. */
    private static final Set<String> TOLD_AS_EVER =
            Set.of("io.vertx.core.impl.BlockedThreadChecker", "io.quarkus.runtime.Application");

    private static final String POOL = "io.vertx.sqlclient.impl.pool.";
    private static final int FIRST_CALLS = 3;

    @Override
    public boolean isLoggable(LogRecord line) {
        Throwable thrown = line.getThrown();
        if (thrown == null || TOLD_AS_EVER.contains(String.valueOf(line.getLoggerName())) || !isOutage(thrown)) {
            return true;
        }
        Optional<String> said = OutageLog.line(text(line), thrown);
        said.ifPresent(text -> shorten(line, text));
        return said.isPresent();
    }

    /** A pool that gives up a connection twice says so by an exception of its own. */
    private static boolean isOutage(Throwable thrown) {
        return StoreOutage.caused(thrown)
                || thrown instanceof IllegalStateException
                        && Arrays.stream(thrown.getStackTrace())
                                .limit(FIRST_CALLS)
                                .anyMatch(call -> call.getClassName().startsWith(POOL));
    }

    private static String text(LogRecord line) {
        return line instanceof ExtLogRecord record ? record.getFormattedMessage() : line.getMessage();
    }

    private static void shorten(LogRecord line, String text) {
        line.setThrown(null);
        if (line instanceof ExtLogRecord record) {
            record.setMessage(text, ExtLogRecord.FormatStyle.NO_FORMAT);
        } else {
            line.setMessage(text);
        }
    }
}
