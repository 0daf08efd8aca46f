package io.parallax.engine.session;

import io.parallax.contract.HostRules;
import java.time.Duration;

/**
 * How the engine connects to sources.
 *
 * @param applicationName what a source's administrator sees, before the task's own name
 * @param connectTimeout the longest wait for a connection, login included
 * @param statementTimeout the longest a statement may run
 * @param allowedHosts networks that sources may be in, as {@link HostRules} reads them; empty for all
 * @param deniedHosts networks that they may not be in, whatever is allowed
 */
public record ConnectionSettings(
        String applicationName,
        Duration connectTimeout,
        Duration statementTimeout,
        String allowedHosts,
        String deniedHosts) {
    public static final ConnectionSettings DEFAULT = anywhere("parallax", Duration.ofSeconds(10), Duration.ofHours(1));

    public ConnectionSettings {
        // What is no network stops the start.
        HostRules.of(allowedHosts, deniedHosts);
    }

    /** With sources anywhere. */
    public static ConnectionSettings anywhere(
            String applicationName, Duration connectTimeout, Duration statementTimeout) {
        return new ConnectionSettings(applicationName, connectTimeout, statementTimeout, "", "");
    }
}
