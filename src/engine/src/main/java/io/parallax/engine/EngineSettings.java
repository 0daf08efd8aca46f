package io.parallax.engine;

import io.parallax.engine.session.ConnectionSettings;
import io.parallax.engine.task.Sizing;

/**
 * How the engine works.
 *
 * @param sizing how it cuts work into tasks
 * @param connections how it connects to sources
 */
public record EngineSettings(Sizing sizing, ConnectionSettings connections) {
    public static final EngineSettings DEFAULT = new EngineSettings(Sizing.DEFAULT, ConnectionSettings.DEFAULT);
}
