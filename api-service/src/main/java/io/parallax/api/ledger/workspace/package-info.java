/**
 * Tables that diffs write into databases: the lasting ones of rows that differ, and temporary ones. Those are dropped by
 * workers as soon as a diff is over, again and again until it succeeds.
 */
@NullMarked
package io.parallax.api.ledger.workspace;

import org.jspecify.annotations.NullMarked;
