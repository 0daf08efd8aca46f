/**
 * Diffs as clients see them. A body that asks for one is judged in {@code request}, stored in {@code create} and begun by the ledger;
 * {@code read} finds it again, {@code answer} shows it, {@code list} many of them. Here are the resources in front of all that.
 */
@NullMarked
package io.parallax.api.datadiffs;

import org.jspecify.annotations.NullMarked;
