package io.parallax.api.startup;

import io.parallax.api.security.ApiKeys;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.vertx.VertxContextSupport;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/** Makes the first API key, from the environment, when there is none. */
@ApplicationScoped
public class FirstKey {
    private static final Logger LOG = Logger.getLogger(FirstKey.class);

    private final ApiKeys keys;
    private final Optional<String> key;

    FirstKey(ApiKeys keys, @ConfigProperty(name = "parallax.bootstrap-api-key") Optional<String> key) {
        this.keys = keys;
        this.key = key.map(String::strip).filter(text -> !text.isEmpty());
    }

    void ensure(@Observes StartupEvent event) throws Throwable {
        if (key.isPresent()) {
            store(key.get());
        } else if (VertxContextSupport.subscribeAndAwait(keys::none)) {
            LOG.warn("There is no API key yet, so every call will be refused:"
                    + " set PARALLAX_BOOTSTRAP_API_KEY to a long random text and start again.");
        }
    }

    private void store(String text) throws Throwable {
        if (text.chars().anyMatch(Character::isWhitespace)) {
            throw new IllegalArgumentException("PARALLAX_BOOTSTRAP_API_KEY must not contain blanks.");
        }
        if (VertxContextSupport.subscribeAndAwait(() -> keys.addFirst(text))) {
            LOG.info("The first API key was made, with the role admin.");
        }
    }
}
