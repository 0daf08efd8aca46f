package io.parallax.outcome.next;

import java.time.Duration;

/** How often, and after which pauses, what has failed is tried again. */
public record Patience(Attempts attempts, Pauses pauses) {
    /**
     * How often.
     *
     * @param most of a task
     * @param planning of a diff's first planning job
     * @param refused of a task whose source refuses connections at once
     */
    public record Attempts(int most, int planning, int refused) {}

    /**
     * After which pauses.
     *
     * @param first before the second attempt; doubled before each one more
     * @param silence the least one of a diff that has a plan already, when its source does not answer
     */
    public record Pauses(Duration first, Duration silence) {}
}
