package io.parallax.api.datasources;

import io.parallax.api.problems.ProblemException;
import io.parallax.contract.Codec;
import io.parallax.contract.SourceDetails;
import io.parallax.contract.UnreadableMessageException;
import io.parallax.contract.message.SealedSource;
import io.parallax.contract.seal.BrokenSealException;
import io.parallax.contract.seal.Seal;
import io.parallax.contract.seal.SealingKey;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Seals connection details, and opens them where some are changed; else only workers do. */
@Startup
@ApplicationScoped
public class SourceVault {
    private final Seal seal;

    SourceVault(
            @ConfigProperty(name = "parallax.sealing-key") Optional<String> key,
            @ConfigProperty(name = "parallax.sealing-key-file") Optional<Path> file) {
        this.seal = new Seal(SealingKey.fromBase64(key.or(() -> file.map(SourceVault::read))
                .orElseThrow(() -> new IllegalStateException("Set PARALLAX_SEALING_KEY or PARALLAX_SEALING_KEY_FILE,"
                        + " the same for API service and workers; make a key with: openssl rand -base64 32"))));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException("PARALLAX_SEALING_KEY_FILE cannot be read: " + file, e);
        }
    }

    /**
     * The details that were sealed.
     *
     * @throws ProblemException (409) when they were sealed with another key
     */
    SourceDetails open(long id, String sealed) {
        try {
            return Codec.decode(seal.open(sealed, SealedSource.context(id)), SourceDetails.class);
        } catch (BrokenSealException | UnreadableMessageException e) {
            throw new ProblemException(
                    409,
                    "The secrets of the data source " + id
                            + " were sealed with another key; give its options whole, secrets included.");
        }
    }

    String seal(long id, SourceDetails details) {
        return seal.seal(Codec.encode(details), SealedSource.context(id));
    }
}
