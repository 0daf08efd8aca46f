package io.parallax.api.problems;

import io.quarkus.logging.LoggingFilter;
import java.util.Optional;
import java.util.logging.Filter;
import java.util.logging.LogRecord;
import org.jboss.logmanager.ExtLogRecord;

/** Our libraries tell of an outage of the store by a stack trace for each attempt; of these the first lines suffice, now and then. */
@LoggingFilter(name = "outages")
public final class OutageFilter implements Filter {
    /** Tells of our own threads, by an exception that its clients have, too. */
    private static final String WATCH = "io.vertx.core.impl.BlockedThreadChecker";

    @Override
    public boolean isLoggable(LogRecord line) {
        Throwable thrown = line.getThrown();
        if (thrown == null || WATCH.equals(line.getLoggerName()) || !StoreOutage.caused(thrown)) {
            return true;
        }
        Optional<String> said = OutageLog.line(text(line), thrown);
        said.ifPresent(text -> shorten(line, text));
        return said.isPresent();
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
