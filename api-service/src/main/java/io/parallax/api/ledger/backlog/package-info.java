/**
 * New diffs beyond those that workers can soon take up wait here, in the store and not in Kafka, and are let in by turns so
 * that nobody stands behind all of somebody else's.
 */
@NullMarked
package io.parallax.api.ledger.backlog;

import org.jspecify.annotations.NullMarked;
