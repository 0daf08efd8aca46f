/**
 * Deletes diffs that have been over for long, with all that hangs on them.
 */
@NullMarked
package io.parallax.api.ledger.retention;

import org.jspecify.annotations.NullMarked;
