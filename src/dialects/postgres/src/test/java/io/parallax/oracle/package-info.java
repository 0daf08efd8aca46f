/**
 * A brute-force comparison that proves the engine: it reads both tables whole with plain SELECTs and counts in Java.
 *
 * <p>It implements Equality on its own and shares no class with the engine; only the driver of the test knows both.
 */
@NullMarked
package io.parallax.oracle;

import org.jspecify.annotations.NullMarked;
