package io.parallax.bench.measure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The most memory that a process ever had resident, by {@code /proc/<pid>/status}. */
public final class PeakMemory {
    private static final String FIELD = "VmHWM:";

    private PeakMemory() {}

    public static long megabytes(long process) throws IOException {
        return parse(Files.readString(Path.of("/proc", Long.toString(process), "status")));
    }

    static long parse(String status) throws IOException {
        String value = status.lines()
                .filter(line -> line.startsWith(FIELD))
                .findFirst()
                .orElseThrow(() -> new IOException("The kernel does not say " + FIELD));
        return Long.parseLong(value.replaceAll("\\D", "")) / 1024;
    }
}
