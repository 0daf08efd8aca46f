package io.parallax.engine;

import io.parallax.contract.HostRules;
import java.time.Duration;

/**
 * How the engine treats sources.
 *
 * @param applicationName what a source's administrator sees, before the task's own name
 * @param connectTimeout the longest wait for a connection, login included
 * @param statementTimeout the longest a statement may run
 * @param allowedHosts networks that sources may be in, as {@link HostRules} reads them; empty for all
 * @param deniedHosts networks that they may not be in, whatever is allowed
 */
public record EngineSettings(
        Sizing sizing,
        String applicationName,
        Duration connectTimeout,
        Duration statementTimeout,
        String allowedHosts,
        String deniedHosts) {
    /** With sources anywhere. */
    public EngineSettings(Sizing sizing, String applicationName, Duration connectTimeout, Duration statementTimeout) {
        this(sizing, applicationName, connectTimeout, statementTimeout, "", "");
    }

    public EngineSettings {
        // What is no network stops the start.
        HostRules.of(allowedHosts, deniedHosts);
    }

    /** What connections depend on: the same for work of any size. */
    public EngineSettings ofConnections() {
        return new EngineSettings(
                Sizing.DEFAULT, applicationName, connectTimeout, statementTimeout, allowedHosts, deniedHosts);
    }

    public static final EngineSettings DEFAULT =
            new EngineSettings(Sizing.DEFAULT, "parallax", Duration.ofSeconds(10), Duration.ofHours(1));
}
