package io.parallax.api.ledger.retention;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How long what is over is kept. */
@ConfigMapping(prefix = "parallax.retention")
public interface RetentionSettings {
    /** Diffs that are over, counted from their end; {@code 0s} for ever. */
    @WithDefault("90d")
    Duration diffs();
}
