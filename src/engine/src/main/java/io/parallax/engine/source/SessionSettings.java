package io.parallax.engine.source;

import io.parallax.engine.EngineSettings;
import io.parallax.engine.postgres.Sql;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
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

    /** The end of a transaction that reads; session-level locks of a user's query would outlive it. */
    static final String END = "select pg_catalog.pg_advisory_unlock_all(); rollback";

    /** To be sent in one go, first in a transaction. Only the last one takes the snapshot, as every query does. */
    static List<String> statements(
            EngineSettings settings, String applicationName, @Nullable String role, @Nullable String snapshot) {
        Stream<String> first = snapshot == null
                ? Stream.of(TRANSACTION)
                : Stream.of(TRANSACTION, "set transaction snapshot " + Sql.literal(snapshot));
        return Stream.of(first, common(settings, applicationName, role), Stream.of(NOTICES_LOST_CLIENTS))
                .flatMap(each -> each)
                .toList();
    }

    /** The same for a transaction that writes. */
    static List<String> toWrite(EngineSettings settings, String applicationName, @Nullable String role) {
        return Stream.of(
                        Stream.of(WRITING),
                        common(settings, applicationName, role),
                        Stream.of(SORTED, DURABLE, OWN_NAMES, NOTICES_LOST_CLIENTS))
                .flatMap(each -> each)
                .toList();
    }

    /**
     * Settings as statements that, unlike queries, take no snapshot. None that changes what a user's SQL means: it is read
     * as the login's own sessions read it, and what we write does not depend on any.
     */
    private static Stream<String> common(EngineSettings settings, String applicationName, @Nullable String role) {
        Map<String, String> values = new LinkedHashMap<>();
        // First, as it decides how the others are read.
        values.put("standard_conforming_strings", "on");
        // Connections are kept for any work, so that each says anew what it is used for.
        values.put("application_name", applicationName);
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
        if (role != null) {
            values.put("role", role);
        }
        return values.entrySet().stream().map(setting -> local(setting.getKey(), setting.getValue()));
    }

    /** Has names mean PostgreSQL's own alone. */
    static final String OWN_NAMES = local("search_path", "pg_catalog");

    /** Has names mean again what they mean to the login, or as a client wants it. */
    static String namesOf(@Nullable String searchPath) {
        return searchPath == null
                ? "set local search_path to default"
                : "select pg_catalog." + set("search_path", searchPath);
    }

    private static String local(String name, String value) {
        return "set local " + name + " to " + Sql.literal(value);
    }

    /** What a worker has reported must be there after a crash, however lax the server is otherwise. */
    private static final String DURABLE = local("synchronous_commit", "on");

    private static final String SORTED = local("enable_sort", "on");

    /** Ends a query whose worker is gone: from version 14, where the platform can. */
    private static final String NOTICES_LOST_CLIENTS =
            "select case when pg_catalog.strpos(pg_catalog.version(), 'linux') operator(pg_catalog.>) 0 then pg_catalog."
                    + set("client_connection_check_interval", "10s")
                    + " end from pg_catalog.pg_settings where name operator(pg_catalog.=) 'client_connection_check_interval'";

    /** For rows that are read in order. */
    static final String SORTING = "select " + set("enable_sort", "on");

    /** What it was when the connection began. */
    static String reset(String name) {
        String literal = Sql.literal(name);
        return "set_config(" + literal + ", (select reset_val from pg_catalog.pg_settings where name = " + literal
                + "), true)";
    }

    static String set(String name, String value) {
        return "set_config(" + Sql.literal(name) + ", " + Sql.literal(value) + ", true)";
    }
}
