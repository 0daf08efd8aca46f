/**
 * Sees a diff to its end: whenever a result has come it looks what is left, asks
 * {@link io.parallax.outcome.next.NextStep} what comes next, and carries that out. It adds up tallies, residues and timelines a
 * few at a time, off the event loop, as there may be thousands.
 */
@NullMarked
package io.parallax.api.ledger.completion;

import org.jspecify.annotations.NullMarked;
