/**
 * A diff as the store has it: its row, and the JSON documents in it. Only the ledger changes what has become of it.
 */
@NullMarked
package io.parallax.api.datadiffs.stored;

import org.jspecify.annotations.NullMarked;
