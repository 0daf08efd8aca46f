/**
 * Which columns tell rows apart: keys that a database promises, and keys that are found by looking at rows.
 */
@NullMarked
package io.parallax.engine.plan.key;

import org.jspecify.annotations.NullMarked;
