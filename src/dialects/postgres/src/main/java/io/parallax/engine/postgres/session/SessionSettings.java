package io.parallax.engine.postgres.session;

import io.parallax.engine.postgres.sql.OwnSql;
import io.parallax.engine.postgres.sql.Sql;
import io.parallax.engine.session.ConnectionSettings;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What every session fixes, so that texts and costs do not depend on a server's configuration. Local to the
 * transaction, so that poolers in between are no trouble.
 */
public final class SessionSettings {
    private static final String TRANSACTION = "set transaction isolation level repeatable read, read only";

    private static final String WRITING = "set transaction isolation level read committed, read write";

    /** Reads nothing of its own: each statement of it sees what is there by then. */
    private static final String ANCHOR = "set transaction isolation level read committed, read only";

    /** Of a first lock, which is asked for again and again: whoever waits behind ours comes first then. */
    private static final String SHORT_LOCK_TIMEOUT = "2s";

    private static final String LOCK_TIMEOUT = "20s";

    private SessionSettings() {}

    /** The end of a transaction that reads; session-level locks of a user's query would outlive it. */
    static final String END = "select pg_catalog.pg_advisory_unlock_all(); rollback";

    /** First in a transaction that sees a snapshot of its own, yet takes none so far. */
    static Stream<String> own(ConnectionSettings settings, String applicationName, @Nullable String role) {
        return Stream.concat(Stream.of(TRANSACTION), fixed(settings, applicationName, role));
    }

    /** First in a transaction that sees another one's snapshot. */
    static Stream<String> imported(
            ConnectionSettings settings, String applicationName, @Nullable String role, String snapshot) {
        return Stream.concat(
                Stream.of(TRANSACTION, "set transaction snapshot " + Sql.literal(snapshot)),
                fixed(settings, applicationName, role));
    }

    /** First in a transaction that only keeps locks for others. */
    static Stream<String> anchor(ConnectionSettings settings, String applicationName, @Nullable String role) {
        return Stream.concat(Stream.of(ANCHOR), fixed(settings, applicationName, role));
    }

    /** All of a transaction that writes. */
    static List<String> toWrite(ConnectionSettings settings, String applicationName, @Nullable String role) {
        return Stream.of(
                        Stream.of(WRITING),
                        fixed(settings, applicationName, role),
                        // Others may wait behind its locks all that time.
                        Stream.of(SORTED, DURABLE, OWN_NAMES, done("true", SHORT_LOCK_TIMEOUT)))
                .flatMap(each -> each)
                .toList();
    }

    /** That of a lock which keeps those waiting only who want the same. */
    static final String PATIENT = local("lock_timeout", LOCK_TIMEOUT);

    /** That of every other. */
    static final String IMPATIENT = local("lock_timeout", SHORT_LOCK_TIMEOUT);

    /**
     * Settings as statements that, unlike queries, take no snapshot. None that changes what a user's SQL means: it is read
     * as the login's own sessions read it, and what we write does not depend on any.
     */
    private static Stream<String> fixed(ConnectionSettings settings, String applicationName, @Nullable String role) {
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
        values.put("lock_timeout", SHORT_LOCK_TIMEOUT);
        values.put(
                "idle_in_transaction_session_timeout",
                String.valueOf(settings.statementTimeout().toMillis()));
        if (role != null) {
            values.put("role", role);
        }
        return values.entrySet().stream().map(setting -> local(setting.getKey(), setting.getValue()));
    }

    /**
     * The driver forgets all statements that it has prepared when it sees a SET with this name in small letters; servers plan them
     * anew by themselves where names mean something else.
     */
    private static final String SEARCH_PATH = "SEARCH_PATH";

    /** Has names mean PostgreSQL's own alone. */
    static final String OWN_NAMES = local(SEARCH_PATH, "pg_catalog");

    /** Has names mean again what they mean to the login, or as a client wants it. */
    static String namesOf(@Nullable String searchPath) {
        return searchPath == null
                ? "set local " + SEARCH_PATH + " to default"
                : "select " + set("search_path", searchPath);
    }

    /** Has a server make one plan for whatever the parameters are; those for known ones look cheaper to it, planning aside. */
    static final String ONE_PLAN = local("plan_cache_mode", "force_generic_plan");

    /** Has it plan again as the login does, or as a client wants it. */
    static String plansOf(@Nullable String mode) {
        return mode == null ? "set local plan_cache_mode to default" : "select " + set("plan_cache_mode", mode);
    }

    private static String local(String name, String value) {
        return "set local " + name + " to " + Sql.literal(value);
    }

    /** What a worker has reported must be there after a crash, however lax the server is otherwise. */
    private static final String DURABLE = local("synchronous_commit", "on");

    private static final String SORTED = local("enable_sort", "on");

    /** From version 17 on a login may have a limit for its transactions; ours keep snapshots for as long as a diff takes. */
    private static final String ENDLESS = "case when current_setting('server_version_num')::int >= 170000 then "
            + set("transaction_timeout", "0") + " end";

    /**
     * Last, as a query takes the snapshot: ending a query whose worker is gone, from version 14, where the platform can. It
     * answers with the process's number, a text, and what sets the server's run and the role apart from others.
     */
    static String done(String text) {
        return done(text, LOCK_TIMEOUT);
    }

    /** What the first column of that answer is called. */
    static final String PROCESS = "parallax_process";

    private static String done(String text, String lockTimeout) {
        return OwnSql.spelledOut("select pg_backend_pid() as " + PROCESS + ", (" + text + ")::text,"
                + " extract(epoch from pg_postmaster_start_time())::text || ' ' || current_user, "
                // Waiting longer would keep others' tasks waiting, too.
                + set("lock_timeout", lockTimeout)
                + ", " + ENDLESS
                // Not by the view of all settings, which are many.
                + ", case when current_setting('client_connection_check_interval', true) is not null"
                + " and strpos(version(), 'linux') > 0 then "
                + set("client_connection_check_interval", "10s")
                + " end");
    }

    /** What clients want it told; nothing where that is nothing. */
    static Stream<String> told(@Nullable Map<String, String> settings) {
        return settings == null || settings.isEmpty()
                ? Stream.empty()
                : Stream.of(settings.entrySet().stream()
                        .map(setting -> set(setting.getKey(), setting.getValue()))
                        .collect(Collectors.joining(", ", "select ", "")));
    }

    /** For rows that are read in order. */
    public static final String SORTING = "select " + set("enable_sort", "on");

    /** What it was when the connection began. */
    static String reset(String name) {
        String literal = Sql.literal(name);
        return "pg_catalog.set_config(" + literal + ", (select reset_val from pg_catalog.pg_settings where name = "
                + literal + "), true)";
    }

    static String set(String name, String value) {
        return "pg_catalog.set_config(" + Sql.literal(name) + ", " + Sql.literal(value) + ", true)";
    }
}
