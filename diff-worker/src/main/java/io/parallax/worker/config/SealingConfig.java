package io.parallax.worker.config;

import io.smallrye.config.ConfigMapping;
import java.nio.file.Path;
import java.util.Optional;

/** The key that opens connection details: the same one as the API service's. */
@ConfigMapping(prefix = "parallax")
public interface SealingConfig {
    /** Base64 of 32 bytes. */
    Optional<String> sealingKey();

    /** A file that holds it, such as a mounted secret. */
    Optional<Path> sealingKeyFile();
}
