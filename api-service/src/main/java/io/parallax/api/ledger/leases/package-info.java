/**
 * Workers die without a word. While one works it says so every few seconds, which renews the leases of its tasks; a lease
 * that runs out is given to somebody else by the sweep, once workers could be heard for long enough. A worker that leaves hands over what
 * it keeps for a plan.
 */
@NullMarked
package io.parallax.api.ledger.leases;

import org.jspecify.annotations.NullMarked;
