package io.parallax.api.datasources;

import io.parallax.api.problems.ProblemException;
import io.parallax.contract.Codec;
import io.parallax.contract.SourceDetails;
import io.parallax.contract.UnreadableMessageException;
import io.parallax.contract.message.Control;
import io.parallax.contract.message.SealedSource;
import io.parallax.contract.seal.BrokenSealException;
import io.parallax.contract.seal.Seal;
import io.parallax.contract.seal.SealingKey;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
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
        this.seal = new Seal(SealingKey.loadAll(key.orElse(null), file.orElse(null)));
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

    /** Seals a short text, bound to a context. */
    public String sealText(String context, String text) {
        return seal.seal(text.getBytes(StandardCharsets.UTF_8), context);
    }

    /**
     * The text that was sealed in that context.
     *
     * @throws IllegalStateException when it was sealed with another key
     */
    public String openText(String context, String sealed) {
        try {
            return new String(seal.open(sealed, context), StandardCharsets.UTF_8);
        } catch (BrokenSealException e) {
            throw new IllegalStateException("sealed with another key: " + context, e);
        }
    }

    /** Which key this seals with, for those who are to open it. */
    public Control.KeyCheck check() {
        return new Control.KeyCheck(seal.keyId(), seal.check(), System.currentTimeMillis());
    }

    String seal(long id, SourceDetails details) {
        return seal.seal(Codec.encode(details), SealedSource.context(id));
    }
}
