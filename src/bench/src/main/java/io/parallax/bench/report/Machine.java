package io.parallax.bench.report;

import java.lang.management.ManagementFactory;
import java.lang.management.OperatingSystemMXBean;
import java.util.Locale;

/** The machine, and how busy it is. */
public final class Machine {
    private Machine() {}

    /** @param when such as "start" */
    public static String line(String when) {
        OperatingSystemMXBean system = ManagementFactory.getOperatingSystemMXBean();
        return String.format(
                Locale.ROOT,
                "machine at %s: %d cores, load average %.2f",
                when,
                system.getAvailableProcessors(),
                system.getSystemLoadAverage());
    }
}
