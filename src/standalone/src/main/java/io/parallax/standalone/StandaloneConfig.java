package io.parallax.standalone;

import io.smallrye.config.ConfigMapping;
import java.net.URI;
import java.nio.file.Path;

/** What the launcher tells the application that it starts; never set by hand. */
@ConfigMapping(prefix = "parallax.standalone")
interface StandaloneConfig {
    /** Where a client on this machine finds the API. */
    URI url();

    /** The demo role's. */
    String demoPassword();

    /** The file in which one run tells the next what the demo has made. */
    Path demoNote();
}
