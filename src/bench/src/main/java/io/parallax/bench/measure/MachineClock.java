package io.parallax.bench.measure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** How busy all CPUs of this machine are between two looks. */
public final class MachineClock {
    /** {@code proc_stat(5)}: of the numbers after {@code cpu}, idle and iowait; the last two are in others already. */
    private static final int IDLE = 3;

    private static final int WAITING = 4;
    private static final int COUNTED = 8;

    private final long busy;
    private final long all;

    private MachineClock(long busy, long all) {
        this.busy = busy;
        this.all = all;
    }

    public static MachineClock now() throws IOException {
        return of(Files.readAllLines(Path.of("/proc/stat")).get(0));
    }

    static MachineClock of(String line) {
        long[] ticks = Arrays.stream(line.trim().split(" +", -1))
                .skip(1)
                .limit(COUNTED)
                .mapToLong(Long::parseLong)
                .toArray();
        long all = Arrays.stream(ticks).sum();
        return new MachineClock(all - ticks[IDLE] - ticks[WAITING], all);
    }

    /** The busy share of the time since then, 0 to 1. */
    public double since(MachineClock then) {
        return all == then.all ? 0 : (double) (busy - then.busy) / (all - then.all);
    }
}
