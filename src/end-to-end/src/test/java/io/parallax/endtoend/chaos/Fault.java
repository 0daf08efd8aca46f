package io.parallax.endtoend.chaos;

import java.time.Duration;

/**
 * One thing that goes wrong.
 *
 * @param after the wait since the one before began
 * @param lasting until it heals
 */
record Fault(Duration after, String part, Harm harm, Duration lasting) {}
