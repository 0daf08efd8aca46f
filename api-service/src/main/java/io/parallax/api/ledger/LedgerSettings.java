package io.parallax.api.ledger;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.OptionalInt;

/** How the ledger hands out work. */
@ConfigMapping(prefix = "parallax.ledger")
public interface LedgerSettings {
    /** The most tasks of one diff in flight; three for each slot of all live workers when absent. */
    OptionalInt window();

    /** How many new diffs may be with Kafka before a worker has begun them; others wait in the store. */
    @WithDefault("200")
    int queue();

    /** The reports of how many diffs are taken in at once; each takes a connection to the store. */
    @WithDefault("12")
    int lanes();

    /** How long a worker may be silent about a task it has taken up. */
    @WithDefault("30s")
    Duration lease();

    /** How long workers must have been audible without a break before a lease counts as run out. */
    @WithDefault("30s")
    Duration calm();

    /** How often a task may be tried before its diff fails. */
    @WithDefault("3")
    int attempts();

    /** How often a diff's first planning job may fail; few, so that a source that does not answer is soon known. */
    @WithDefault("2")
    int planningAttempts();

    /** How often a task may be tried whose source refuses connections at once: with pauses, for a quarter of a minute. */
    @WithDefault("5")
    int refusedAttempts();

    /** How many plans a diff may have before it fails, as what a plan depends on may get lost. */
    @WithDefault("3")
    int plans();

    /** How often a diff may start over because somebody waited for its locks, before it fails. */
    @WithDefault("3")
    int giveWays();

    /** The pause before the next attempt after the first failure, doubled after each one more. */
    @WithDefault("1s")
    Duration pause();

    /** The least pause of a diff that has a plan already, when its source does not answer. */
    @WithDefault("10s")
    Duration silence();

    /** How long Kafka may take to confirm that it has a task. */
    @WithDefault("60s")
    Duration confirmation();

    /** How long a task may wait for a worker before it is sent once more. */
    @WithDefault("15m")
    Duration patience();

    /** How long a task may wait for a worker before its diff fails. */
    @WithDefault("1h")
    Duration longestWait();

    /** How often the ledger looks for what has been left undone; {@code off} for never. */
    @WithDefault("1s")
    String sweepEvery();
}
