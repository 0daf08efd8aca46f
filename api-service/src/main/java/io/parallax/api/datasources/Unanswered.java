package io.parallax.api.datasources;

import java.time.Duration;

/** What is given up of what clients have asked workers, and what they are told of it. */
final class Unanswered {
    private Unanswered() {}

    /** What a client is told whom no worker has answered for so long. */
    static String sentence(Duration wait) {
        return "No worker answered within " + wait.toSeconds() + " seconds. Is one running?";
    }

    /**
     * The statement that gives up what has waited too long: $1 milliseconds it may wait, $2 what is noted then, $3 what where others
     * have had all connections of the source.
     *
     * @param open the condition for one without an answer
     * @param longer what it may wait beyond that
     */
    static String giveUp(String table, String open, String longer) {
        return """
            update %1$s q set failure = case when %2$s then $3 else $2 end
            from data_source s
            where s.id = q.source and %3$s
              and q.created_at < now() - $1 * interval '1 millisecond'
                - case when %4$s then interval '0' else %5$s end - %6$s"""
                .formatted(table, Room.NONE_FOR_IT, open, Room.ANY_WORKER, Room.FOR_THE_FIRST_WORKER, longer);
    }
}
