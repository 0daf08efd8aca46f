package io.parallax.api.events;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** How events are told. */
@ConfigMapping(prefix = "parallax.events")
public interface EventSettings {
    /** The {@code source} of CloudEvents: a URI that tells this installation from others; its public URL where it has one. */
    @WithDefault("/parallax")
    String source();

    /** How often events and deliveries that wait are looked for; {@code off} for never. */
    @WithDefault("1s")
    String every();

    /** How long events are kept once they are told. */
    @WithDefault("7d")
    Duration retention();

    /** Networks that webhooks may be in; none for all. */
    Optional<String> allowedHosts();

    /** Networks that webhooks may not be in, whatever is allowed. */
    Optional<String> deniedHosts();

    /** The longest a webhook may take to answer. */
    @WithDefault("10s")
    Duration webhookTimeout();

    /** How often a delivery is tried before it is given up. */
    @WithDefault("15")
    int webhookTries();

    /** The pause after the first failed try; doubled each time, six hours at most. */
    @WithDefault("5s")
    Duration webhookPause();
}
