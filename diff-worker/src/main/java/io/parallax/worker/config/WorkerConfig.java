package io.parallax.worker.config;

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

    /** Comparison tasks at a time to begin with; each uses one connection to either source. */
    @WithDefault("2")
    int taskSlots();

    /** Comparison tasks at a time at most, where more make it faster; as many as the memory suffices for. */
    @WithDefault("8")
    int maxTaskSlots();

    /** Time between two signs of life of the worker itself; well below the 30 seconds after which nobody counts on it. */
    @WithDefault("5s")
    Duration presenceInterval();

    /**
     * How many more of either there are, when all are taken, for sources that have less under way here; they mostly wait for
     * databases.
     */
    @WithDefault("3")
    int spareSlots();

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
