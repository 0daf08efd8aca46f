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
