package io.parallax.api.startup;

import io.quarkus.flyway.FlywayConfigurationCustomizer;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.flywaydb.core.api.configuration.FluentConfiguration;

/** Migrations lock the store and change it in one session: they pass by a pooler, or are not made. */
@Singleton
class DirectMigration implements FlywayConfigurationCustomizer {
    private final Pooler pooler;
    private final boolean direct;
    private final boolean migrates;

    DirectMigration(
            @ConfigProperty(name = "parallax.store.pooler") String pooler,
            @ConfigProperty(name = "parallax.store.direct-host") Optional<String> host,
            @ConfigProperty(name = "parallax.store.direct-port") Optional<Integer> port,
            @ConfigProperty(name = "quarkus.flyway.migrate-at-start") boolean migrates) {
        this.pooler = Pooler.of(pooler);
        this.direct = host.isPresent() || port.isPresent();
        this.migrates = migrates;
    }

    @Override
    public void customize(FluentConfiguration configuration) {
        if (migrates && pooler == Pooler.TRANSACTION && !direct) {
            throw new IllegalStateException("PARALLAX_STORE_POOLER is transaction: migrations need a way past it. Set"
                    + " PARALLAX_STORE_DIRECT_HOST or PARALLAX_STORE_DIRECT_PORT, or have them made by the command migrate"
                    + " and set QUARKUS_FLYWAY_MIGRATE_AT_START=false.");
        }
    }
}
