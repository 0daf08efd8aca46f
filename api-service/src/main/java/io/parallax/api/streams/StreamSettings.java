package io.parallax.api.streams;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How many answers may be on their way to clients bit by bit, and how long they may wait for them. */
@ConfigMapping(prefix = "parallax.streams")
public interface StreamSettings {
    /** How many repair scripts at a time, of this replica. */
    @WithDefault("50")
    int scripts();

    /** How many listeners to the progress of diffs at a time, of this replica. */
    @WithDefault("500")
    int listeners();

    /** How long a client may read nothing of its answer, or may take to send its request. */
    @WithDefault("30s")
    Duration patience();

    /** How often a listener hears that there is nothing new, so that whatever is in between keeps the connection. */
    @WithDefault("15s")
    Duration signOfLife();
}
