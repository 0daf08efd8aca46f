/**
 * How work reads a source and writes to it, whatever engine that is. A {@link io.parallax.engine.session.Session} looks
 * at one snapshot, reads only and gives way to whoever waits for it; a {@link io.parallax.engine.session.SessionPair}
 * works on both sides at once; a {@link io.parallax.engine.session.Cancellation} ends it all from another thread.
 */
@NullMarked
package io.parallax.engine.session;

import org.jspecify.annotations.NullMarked;
