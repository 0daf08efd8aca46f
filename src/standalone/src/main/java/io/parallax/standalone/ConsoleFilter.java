package io.parallax.standalone;

import io.quarkus.logging.LoggingFilter;
import java.util.logging.Filter;
import java.util.logging.Level;
import java.util.logging.LogRecord;

/** The console shows what Parallax itself warns of, and everybody's errors; the log file has the rest. */
@LoggingFilter(name = "for-the-reader")
public final class ConsoleFilter implements Filter {
    @Override
    public boolean isLoggable(LogRecord line) {
        String name = line.getLoggerName();
        boolean ours = name != null && name.startsWith("io.parallax.");
        return ours || line.getLevel().intValue() >= Level.SEVERE.intValue();
    }
}
