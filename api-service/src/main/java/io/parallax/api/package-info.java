/**
 * The API service: REST in front, the store behind, Kafka at the side. It issues work, adds up what comes back and
 * finishes diffs; whatever needs a source is a worker's.
 *
 * <p>A request comes in by {@code datadiffs} and begins in {@code ledger.backlog}; {@code ledger.issue} sends its tasks. What workers
 * report comes by {@code reports} to {@code ledger.results}, and {@code ledger.completion} sees the diff to its end. A client then
 * reads it by {@code datadiffs}, its rows by {@code results}, a script by {@code repair}, and hears of it by {@code events}.
 * {@code datasources} has what diffs compare; {@code requests}, {@code problems}, {@code messaging} and {@code store} are what all of
 * these are built of.
 */
@NullMarked
package io.parallax.api;

import org.jspecify.annotations.NullMarked;
