package io.parallax.bench.measure;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** CPU time of processes and of all their children, those that have ended too. */
public final class CpuClock {
    private static final int TRIES = 10;

    private final List<Long> processes;

    private CpuClock(List<Long> processes) {
        this.processes = processes;
    }

    public static CpuClock of(Long... processes) {
        return new CpuClock(List.of(processes));
    }

    /** All CPU time so far. */
    public Duration read() throws IOException {
        Duration total = Duration.ZERO;
        for (long process : processes) {
            total = total.plus(tree(process));
        }
        return total;
    }

    /** A child that ends meanwhile would be counted twice or not at all: read again until none has. */
    private static Duration tree(long process) throws IOException {
        for (int i = 0; i < TRIES; i++) {
            ProcessStat before = ProcessStat.of(process);
            Duration children = living(process);
            if (ProcessStat.of(process).reaped().equals(before.reaped())) {
                return before.total().plus(children);
            }
        }
        throw new IOException("The children of process " + process + " come and go too fast to be counted.");
    }

    private static Duration living(long parent) {
        return ProcessHandle.of(parent)
                .map(ProcessHandle::children)
                .orElse(Stream.empty())
                .map(CpuClock::total)
                .reduce(Duration.ZERO, Duration::plus);
    }

    private static Duration total(ProcessHandle child) {
        try {
            return ProcessStat.of(child.pid()).total();
        } catch (IOException e) {
            // It has just ended; its parent counts it now.
            return Duration.ZERO;
        }
    }
}
