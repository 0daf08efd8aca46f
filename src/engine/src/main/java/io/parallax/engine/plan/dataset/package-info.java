/**
 * A dataset before anything is matched: whether the login may read it, which rows of it are of the wanted time, a copy
 * of it where one is wished.
 */
@NullMarked
package io.parallax.engine.plan.dataset;

import org.jspecify.annotations.NullMarked;
