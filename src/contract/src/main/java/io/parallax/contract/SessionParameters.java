package io.parallax.contract;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Settings of sessions that clients may choose: what their SQL means is up to them, as it is in their own sessions. How it is sent,
 * read and planned is not, nor that sessions only read.
 */
public final class SessionParameters {
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*(\\.[A-Za-z_][A-Za-z0-9_]*)?");

    private static final Set<String> FIXED = Set.of(
            "standard_conforming_strings",
            "default_transaction_read_only",
            "default_transaction_isolation",
            "default_transaction_deferrable",
            "transaction_read_only",
            "transaction_isolation",
            "transaction_deferrable",
            "jit",
            "enable_sort",
            "enable_seqscan",
            "enable_indexscan",
            "effective_io_concurrency",
            "max_parallel_workers_per_gather",
            "statement_timeout",
            "lock_timeout",
            "idle_in_transaction_session_timeout",
            "transaction_timeout",
            "client_connection_check_interval",
            "client_encoding",
            "application_name",
            "role",
            "session_authorization");

    private SessionParameters() {}

    /** Whether a setting can have such a name. */
    public static boolean isName(String name) {
        return NAME.matcher(name).matches();
    }

    /** Whether every session has its own value for it. */
    public static boolean isFixed(String name) {
        return FIXED.contains(name.toLowerCase(Locale.ROOT));
    }
}
