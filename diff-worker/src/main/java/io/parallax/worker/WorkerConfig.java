package io.parallax.worker;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** How much a worker takes on, and how often it says that it is alive. */
@ConfigMapping(prefix = "parallax.worker")
public interface WorkerConfig {
    /** The name in results and logs; the host's name and the process id when absent. */
    Optional<String> name();

    /** Planning jobs and source tests at a time. */
    @WithDefault("4")
    int jobSlots();

    /** Comparison tasks at a time; each uses one connection to either source. */
    @WithDefault("2")
    int taskSlots();

    /** Time between two signs of life of a running task; well below the ledger's lease. */
    @WithDefault("5s")
    Duration aliveInterval();

    /** How long a worker that is told to end goes on with what it has begun; new work it leaves to others. */
    @WithDefault("100s")
    Duration grace();

    /** Time between two looks at what is kept for a plan, such as a snapshot. */
    @WithDefault("5s")
    Duration holdCheckInterval();
}
