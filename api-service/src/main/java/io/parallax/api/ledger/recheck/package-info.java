/**
 * Where a request asks for it, the keys that differ are read again after a while, by one more stage of tasks that wait for
 * their time; what still differs then is what a client has to look at.
 */
@NullMarked
package io.parallax.api.ledger.recheck;

import org.jspecify.annotations.NullMarked;
