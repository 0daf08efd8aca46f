/**
 * Rows of both sides, side by side: merged by key, compared value by value, and a few kept to be shown. Only rows whose
 * bytes differ are looked into; memory holds one key's rows of each side.
 */
@NullMarked
package io.parallax.engine.compare.rows;

import org.jspecify.annotations.NullMarked;
