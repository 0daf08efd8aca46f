package io.parallax.standalone;

import io.quarkus.bootstrap.logging.InitialConfigurator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.logging.FileHandler;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** What is logged before the services set up logging; it waits for them, and would be dumped on the console without. */
final class EarlyLog {
    /** They tell their life stories. */
    private static final List<Logger> TALKATIVE = List.of(
            Logger.getLogger("io.zonky"),
            Logger.getLogger("kafka"),
            Logger.getLogger("org.apache.kafka"),
            Logger.getLogger("state.change.logger"));

    private EarlyLog() {}

    /** Until the configuration is read; the levels that it names take over then. */
    static void hush() {
        Logger.getLogger("").setLevel(Level.INFO);
        TALKATIVE.forEach(logger -> logger.setLevel(Level.SEVERE));
    }

    /** Keeps in a file why the start failed, and what has been waiting if nobody has asked for it. */
    static void keep(Path directory, Exception failure) {
        try {
            Files.createDirectories(directory);
            Handler file =
                    new FileHandler(directory.resolve("start.log").toString().replace("%", "%%"));
            file.setFormatter(new SimpleFormatter());
            if (!InitialConfigurator.DELAYED_HANDLER.isActivated()) {
                InitialConfigurator.DELAYED_HANDLER.setHandlers(new Handler[] {file});
            }
            LogRecord line = new LogRecord(Level.SEVERE, "Parallax did not start");
            line.setThrown(failure);
            file.publish(line);
            file.close();
        } catch (IOException e) {
            discard();
        }
    }

    /** There is no place to keep it. */
    static void discard() {
        if (!InitialConfigurator.DELAYED_HANDLER.isActivated()) {
            InitialConfigurator.DELAYED_HANDLER.setHandlers(new Handler[] {new Nowhere()});
        }
    }

    private static final class Nowhere extends Handler {
        @Override
        public void publish(LogRecord line) {}

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
