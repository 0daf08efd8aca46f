package io.parallax.engine.source;

import io.parallax.engine.EngineSettings;
import io.parallax.engine.postgres.Sql;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What every session fixes, so that texts and costs do not depend on a server's configuration. Local to the
 * transaction, so that poolers in between are no trouble.
 */
final class SessionSettings {
    private static final String TRANSACTION = "set transaction isolation level repeatable read, read only";

    private static final String WRITING = "set transaction isolation level read committed, read write";

    private static final String LOCK_TIMEOUT = "20s";

    private SessionSettings() {}

    /** To be sent in one go, first in a transaction. */
    static List<String> statements(EngineSettings settings, @Nullable String role, @Nullable String snapshot) {
        String settled = settled(settings, role);
        return snapshot == null
                ? List.of(TRANSACTION, settled, NOTICES_LOST_CLIENTS)
                : List.of(
                        TRANSACTION,
                        "set transaction snapshot " + Sql.literal(snapshot),
                        settled,
                        NOTICES_LOST_CLIENTS);
    }

    /** The same for a transaction that writes. */
    static List<String> toWrite(EngineSettings settings, @Nullable String role) {
        return List.of(WRITING, settled(settings, role), SORTING, DURABLE, NOTICES_LOST_CLIENTS);
    }

    /** What a worker has reported must be there after a crash, however lax the server is otherwise. */
    private static final String DURABLE = "select " + set("synchronous_commit", "on");

    private static String settled(EngineSettings settings, @Nullable String role) {
        Map<String, String> values = new LinkedHashMap<>();
        values.put("TimeZone", "UTC");
        values.put("DateStyle", "ISO, MDY");
        values.put("IntervalStyle", "postgres");
        values.put("extra_float_digits", "3");
        values.put("bytea_output", "hex");
        values.put("lc_monetary", "C");
        values.put("search_path", "public");
        values.put("standard_conforming_strings", "on");
        values.put("default_transaction_read_only", "on");
        values.put("jit", "off");
        // Fingerprints are few groups of many rows, which the planner does not believe: it would sort, on disk.
        values.put("enable_sort", "off");
        values.put("max_parallel_workers_per_gather", "0");
        values.put(
                "statement_timeout", String.valueOf(settings.statementTimeout().toMillis()));
        // Waiting for somebody's lock would keep others' tasks waiting, too.
        values.put("lock_timeout", LOCK_TIMEOUT);
        values.put(
                "idle_in_transaction_session_timeout",
                String.valueOf(settings.statementTimeout().toMillis()));
        String all = values.entrySet().stream()
                .map(setting -> set(setting.getKey(), setting.getValue()))
                .collect(Collectors.joining(", "));
        if (role != null) {
            all += ", " + set("role", role);
        }
        // The locks that a user's query may have left on a kept connection.
        return "select pg_advisory_unlock_all(), " + all;
    }

    /** Ends a query whose worker is gone; from version 14, where the platform can. */
    private static final String NOTICES_LOST_CLIENTS = "select case when version() like '%linux%' then "
            + set("client_connection_check_interval", "10s")
            + " end from pg_settings where name = 'client_connection_check_interval'";

    /** For rows that are read in order. */
    static final String SORTING = "select " + set("enable_sort", "on");

    /** What it was when the connection began. */
    static String reset(String name) {
        String literal = Sql.literal(name);
        return "set_config(" + literal + ", (select reset_val from pg_settings where name = " + literal + "), true)";
    }

    static String set(String name, String value) {
        return "set_config(" + Sql.literal(name) + ", " + Sql.literal(value) + ", true)";
    }
}
