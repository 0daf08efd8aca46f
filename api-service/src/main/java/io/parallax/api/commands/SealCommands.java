package io.parallax.api.commands;

import io.parallax.api.events.Webhooks;
import io.parallax.contract.message.SealedSource;
import io.parallax.contract.seal.BrokenSealException;
import io.parallax.contract.seal.Seal;
import io.parallax.contract.seal.SealingKey;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Secrets, sealed again with the newest key, so that older ones can be taken away. */
final class SealCommands {
    private final Connection store;
    private final Seal seal;

    SealCommands(Connection store, Map<String, String> environment) {
        this.store = store;
        String file = environment.get("PARALLAX_SEALING_KEY_FILE");
        try {
            this.seal = new Seal(
                    SealingKey.loadAll(environment.get("PARALLAX_SEALING_KEY"), file == null ? null : Path.of(file)));
        } catch (IllegalArgumentException e) {
            throw new CommandRefusedException(String.valueOf(e.getMessage()));
        }
    }

    /** One secret. */
    private record Secret(String table, String column, long id, String context, String sealed) {
        Secret(String table, long id, String context, String sealed) {
            this(table, "sealed", id, context, sealed);
        }
    }

    /** What was done, in words; all of it or nothing. */
    String reseal() throws SQLException {
        store.setAutoCommit(false);
        List<Secret> secrets = new ArrayList<>();
        try (Statement statement = store.createStatement()) {
            try (ResultSet rows = statement.executeQuery(
                    "select id, sealed from data_source where sealed <> '' order by id for update")) {
                while (rows.next()) {
                    secrets.add(new Secret(
                            "data_source", rows.getLong(1), SealedSource.context(rows.getLong(1)), rows.getString(2)));
                }
            }
            try (ResultSet rows = statement.executeQuery(
                    "select id, sealed from webhook where sealed <> '' order by id for update")) {
                while (rows.next()) {
                    secrets.add(new Secret(
                            "webhook", rows.getLong(1), Webhooks.context(rows.getLong(1)), rows.getString(2)));
                }
            }
            try (ResultSet rows = statement.executeQuery(
                    "select id, previous_sealed from webhook where previous_sealed is not null order by id for update")) {
                while (rows.next()) {
                    secrets.add(new Secret(
                            "webhook",
                            "previous_sealed",
                            rows.getLong(1),
                            Webhooks.context(rows.getLong(1)),
                            rows.getString(2)));
                }
            }
            try (ResultSet rows =
                    statement.executeQuery("select id, source, sealed from tidying order by id for update")) {
                while (rows.next()) {
                    secrets.add(new Secret(
                            "tidying", rows.getLong(1), SealedSource.context(rows.getLong(2)), rows.getString(3)));
                }
            }
        }
        for (Secret secret : secrets) {
            reseal(secret);
        }
        store.commit();
        return "Sealed " + secrets.size() + " secrets with the newest key.";
    }

    private void reseal(Secret secret) throws SQLException {
        try (PreparedStatement update =
                store.prepareStatement("update " + secret.table() + " set " + secret.column() + " = ? where id = ?")) {
            update.setString(1, seal.seal(seal.open(secret.sealed(), secret.context()), secret.context()));
            update.setLong(2, secret.id());
            update.executeUpdate();
        } catch (BrokenSealException e) {
            throw new CommandRefusedException("The secret of " + secret.table() + " " + secret.id()
                    + " opens with none of these keys; give the older ones, too. Nothing is changed.");
        }
    }
}
