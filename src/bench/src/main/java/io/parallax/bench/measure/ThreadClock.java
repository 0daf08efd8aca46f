package io.parallax.bench.measure;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.List;

/** CPU time of threads of this process that are alive, but for some; without that of the virtual machine itself. */
public final class ThreadClock {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final List<String> others;

    private ThreadClock(List<String> others) {
        this.others = others;
    }

    /** @param names of those that are not counted */
    public static ThreadClock butFor(String... names) {
        return new ThreadClock(List.of(names));
    }

    /** All CPU time so far. */
    public Duration read() {
        long nanos = 0;
        for (ThreadInfo thread : THREADS.getThreadInfo(THREADS.getAllThreadIds())) {
            if (thread != null && !others.contains(thread.getThreadName())) {
                nanos += Math.max(0, THREADS.getThreadCpuTime(thread.getThreadId()));
            }
        }
        return Duration.ofNanos(nanos);
    }
}
