/**
 * Every change of a diff is one transaction that holds its row and asks for messages, which go out after the commit. Here is
 * that transaction, and the changes that any feature may come to: a diff is cancelled, fails, or starts over with a new plan.
 */
@NullMarked
package io.parallax.api.ledger.change;

import org.jspecify.annotations.NullMarked;
