/**
 * The ledger: the store's record of which tasks of a diff are pending, issued and done, and the truth about it. What a
 * worker reports comes in by {@code results}, {@code failures} or {@code leases}; each of these is one transaction ({@code change}) that
 * holds the diff's row, asks {@code completion} or itself what comes next, and has {@code issue} pick what may be sent. Here is what all of
 * them share: the locked row, and the settings.
 */
@NullMarked
package io.parallax.api.ledger;

import org.jspecify.annotations.NullMarked;
