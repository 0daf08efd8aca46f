/**
 * Tasks that failed. {@link io.parallax.outcome.next.Verdict} says whether one is tried again, by whom and when, whether the
 * diff needs a new plan, or whether it fails; here that is read from the store and carried out.
 */
@NullMarked
package io.parallax.api.ledger.failures;

import org.jspecify.annotations.NullMarked;
