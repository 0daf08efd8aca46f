package io.parallax.api.commands;

import java.util.Map;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.output.MigrateResult;

/** Brings the store's schema up to date, as the service would when it starts. */
final class Migration {
    private final Map<String, String> environment;

    Migration(Map<String, String> environment) {
        this.environment = environment;
    }

    /** What was done, in words. */
    String run() {
        if (!StoreConnection.isOneSession(environment)) {
            throw new CommandRefusedException("PARALLAX_STORE_POOLER is transaction: set PARALLAX_STORE_DIRECT_HOST or"
                    + " PARALLAX_STORE_DIRECT_PORT, as the store cannot be brought up to date through a pooler.");
        }
        try {
            MigrateResult result = Flyway.configure()
                    .dataSource(
                            StoreConnection.url(environment),
                            StoreConnection.user(environment),
                            StoreConnection.password(environment))
                    .load()
                    .migrate();
            return "Made " + result.migrationsExecuted + " changes; the schema is of version "
                    + (result.targetSchemaVersion == null ? result.initialSchemaVersion : result.targetSchemaVersion)
                    + ".";
        } catch (FlywayException e) {
            throw new CommandFailedException("The store cannot be brought up to date: " + e.getMessage(), e);
        }
    }
}
