package io.parallax.api.commands;

import io.parallax.api.security.ApiKey;
import io.parallax.api.security.Role;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** API keys, by hand. */
final class KeyCommands {
    /** Not the last key with the role admin: only another one could make the next. */
    private static final String REVOKE =
            """
            update api_key k set revoked_at = coalesce(revoked_at, now())
            where id = ? and (k.role <> 'admin' or exists (
                select from api_key o where o.role = 'admin' and o.revoked_at is null and o.id <> k.id))""";

    private final Connection store;

    KeyCommands(Connection store) {
        this.store = store;
    }

    /** One line for each key: id, role, state and name. */
    List<String> list() throws SQLException {
        try (Statement statement = store.createStatement();
                ResultSet rows = statement.executeQuery(
                        "select id, role, revoked_at is null as valid, name from api_key order by id")) {
            List<String> lines = new ArrayList<>();
            while (rows.next()) {
                lines.add("%d\t%s\t%s\t%s"
                        .formatted(
                                rows.getLong(1),
                                rows.getString(2),
                                rows.getBoolean(3) ? "valid" : "revoked",
                                rows.getString(4)));
            }
            return lines;
        }
    }

    /** Makes a key and returns it. */
    String create(String name, String role) throws SQLException {
        if (Arrays.stream(Role.values()).noneMatch(known -> known.word().equals(role))) {
            throw new CommandRefusedException("The role is one of admin, write and read.");
        }
        if (name.isBlank() || name.length() > ApiKey.MAX_NAME) {
            throw new CommandRefusedException("The name has 1 to " + ApiKey.MAX_NAME + " characters.");
        }
        String key = ApiKey.random();
        try (PreparedStatement insert =
                store.prepareStatement("insert into api_key (name, role, hash, created_at) values (?, ?, ?, now())")) {
            insert.setString(1, name);
            insert.setString(2, role);
            insert.setBytes(3, ApiKey.hash(key));
            insert.executeUpdate();
        }
        return key;
    }

    void revoke(String id) throws SQLException {
        try (Statement lock = store.createStatement();
                PreparedStatement revoke = store.prepareStatement(REVOKE)) {
            store.setAutoCommit(false);
            lock.execute("lock table api_key in exclusive mode");
            revoke.setLong(1, number(id));
            if (revoke.executeUpdate() == 0) {
                throw new CommandRefusedException(
                        "There is no such key, or it is the last one with the role admin; see: keys list.");
            }
            store.commit();
        }
    }

    private static long number(String id) {
        try {
            return Long.parseLong(id);
        } catch (NumberFormatException e) {
            throw new CommandRefusedException("The id is a number; see: keys list.");
        }
    }
}
