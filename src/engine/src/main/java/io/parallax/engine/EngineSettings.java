package io.parallax.engine;

import java.time.Duration;

/**
 * How the engine treats sources.
 *
 * @param applicationName what a source's administrator sees, before the task's own name
 * @param connectTimeout the longest wait for a connection, login included
 * @param statementTimeout the longest a statement may run
 */
public record EngineSettings(
        Sizing sizing, String applicationName, Duration connectTimeout, Duration statementTimeout) {
    public static final EngineSettings DEFAULT =
            new EngineSettings(Sizing.DEFAULT, "parallax", Duration.ofSeconds(10), Duration.ofHours(1));
}
