/**
 * Picks pending tasks for which window and sources have room, marks them as issued, and sends them once that is committed.
 * What Kafka does not take is pending again; what gets lost on the way is found by the sweep.
 */
@NullMarked
package io.parallax.api.ledger.issue;

import org.jspecify.annotations.NullMarked;
