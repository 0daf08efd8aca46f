package io.parallax.standalone.embedded;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What a starting PostgreSQL writes, watched from now on: whoever waits for one that will never answer is interrupted at once.
 *
 * @param from where the log ended before
 */
record StartLog(Path file, long from) {
    private static final long PAUSE_MILLISECONDS = 50;
    private static final long MOST_BYTES = 64 * 1024;
    private static final int LAST_LINES = 3;
    private static final String GIVEN_UP = "pg_ctl: could not start server";
    private static final Pattern REASON = Pattern.compile("(FATAL|PANIC|HINT|DETAIL|initdb: error|initdb: detail): +");

    static StartLog of(Path file) throws IOException {
        return new StartLog(file, Files.exists(file) ? Files.size(file) : 0);
    }

    /** Interrupts the thread when the start has failed; ends when it is closed. */
    Watch watch(Thread waiting) {
        Watch watch = new Watch(this, waiting);
        watch.start();
        return watch;
    }

    /** Why it did not start, in its own words, on one line. */
    String reason() {
        List<String> lines = text().lines()
                .map(String::strip)
                .filter(Predicate.not(String::isEmpty))
                .toList();
        List<String> reasons = lines.stream()
                .filter(line -> REASON.matcher(line).find())
                .map(line -> line.substring(line.indexOf(
                        REASON.matcher(line).results().findFirst().orElseThrow().group())))
                .distinct()
                .toList();
        return reasons.isEmpty()
                ? String.join("; ", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()))
                : reasons.stream()
                        .map(line -> REASON.matcher(line).replaceFirst(""))
                        .collect(Collectors.joining(" "));
    }

    private String text() {
        try {
            byte[] all = Files.readAllBytes(file);
            int start = (int) Math.max(Math.min(from, all.length), all.length - MOST_BYTES);
            return new String(Arrays.copyOfRange(all, start, all.length), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "";
        }
    }

    /** Looks at the log until the start has failed. */
    static final class Watch extends Thread implements AutoCloseable {
        private final StartLog log;
        private final Thread waiting;
        private volatile boolean open = true;
        private volatile boolean failed;

        private Watch(StartLog log, Thread waiting) {
            super("parallax-postgresql-start");
            setDaemon(true);
            this.log = log;
            this.waiting = waiting;
        }

        /** Whether it has interrupted. */
        boolean failed() {
            return failed;
        }

        @Override
        public void run() {
            while (open && !failed) {
                if (log.text().contains(GIVEN_UP)) {
                    failed = true;
                    waiting.interrupt();
                }
                pause();
            }
        }

        private void pause() {
            try {
                Thread.sleep(PAUSE_MILLISECONDS);
            } catch (InterruptedException e) {
                open = false;
            }
        }

        /** Afterwards it interrupts nobody any more; nor is who it interrupted. */
        @Override
        public void close() {
            open = false;
            boolean interrupted = Thread.interrupted();
            try {
                join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
            boolean byUs = failed;
            if (Thread.interrupted() | interrupted && !byUs) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
