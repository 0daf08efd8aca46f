package io.parallax.bench.measure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * What Linux says about a process in {@code /proc/<pid>/stat}.
 *
 * @param parent the id of its parent
 * @param own CPU time of its threads, user and system
 * @param reaped CPU time of its children that have ended, and of theirs
 */
record ProcessStat(long parent, Duration own, Duration reaped) {
    /** A clock tick, 1/100 s on every Linux that Java runs on, whatever the kernel's own clock. */
    private static final Duration TICK = Duration.ofMillis(10);

    /** @throws java.nio.file.NoSuchFileException when the process has ended */
    static ProcessStat of(long process) throws IOException {
        return parse(Files.readString(Path.of("/proc", Long.toString(process), "stat")));
    }

    static ProcessStat parse(String line) {
        // The second field, the name in parentheses, may hold anything, blanks and parentheses too.
        String[] fields = line.substring(line.lastIndexOf(')') + 1).strip().split(" +", -1);
        return new ProcessStat(Long.parseLong(fields[1]), ticks(fields[11], fields[12]), ticks(fields[13], fields[14]));
    }

    Duration total() {
        return own.plus(reaped);
    }

    private static Duration ticks(String user, String system) {
        return TICK.multipliedBy(Long.parseLong(user) + Long.parseLong(system));
    }
}
