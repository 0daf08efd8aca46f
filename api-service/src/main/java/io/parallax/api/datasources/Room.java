package io.parallax.api.datasources;

import java.time.Duration;

/** Keeps jobs that are no tasks of a diff to what their sources have room for. */
public final class Room {
    /**
     * Whether a job {@code q} for a source {@code s} was never sent as others have all connections that the source allows, as far as can
     * be told from now.
     */
    static final String NONE_FOR_IT = "(q.sent_at is null and not has_room(s.id, s.max_allowed_connections))";

    /** Whether there is any worker, as a condition. */
    static final String ANY_WORKER = "exists (select from live_worker)";

    /** How much longer jobs wait while there is no worker at all, as SQL has it: the first one may need a machine. */
    static final String FOR_THE_FIRST_WORKER = "interval '10 minutes'";

    private Room() {}

    /** What a client is told whose job had none for so long. */
    static String none(Duration time) {
        return "Others had all connections that max_allowed_connections of the data source allows, for "
                + time.toSeconds() + " seconds. Try again when they are done, or raise it.";
    }

    /**
     * Common table expressions, the last one of which, {@code roomy}, has the ids of those rows that a limited source has
     * room for: one of each source at a time, where nobody else decides on that source just now.
     *
     * @param table of jobs, with columns id and source
     * @param pending the condition for one that waits
     */
    public static String forTheFirstOf(String table, String pending) {
        return """
            firsts as materialized (
                select source, min(id) as id from %s where %s group by source
            ), locked as materialized (
                select s.id, s.max_allowed_connections as allowed from data_source s
                where s.max_allowed_connections is not null and s.id in (select source from firsts)
                order by s.id for no key update skip locked
            ), roomy as materialized (
                select f.id from locked l join firsts f on f.source = l.id where has_room(l.id, l.allowed)
            )"""
                .formatted(table, pending);
    }
}
