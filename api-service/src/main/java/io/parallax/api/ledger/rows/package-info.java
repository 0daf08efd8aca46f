/**
 * The rows that differ: of all that workers send a bounded choice is kept, the lowest ranks of each kind and column.
 */
@NullMarked
package io.parallax.api.ledger.rows;

import org.jspecify.annotations.NullMarked;
