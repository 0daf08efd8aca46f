/**
 * Rows as they travel: each field its length and its bytes, as {@link io.parallax.engine.type.WireForm} says what they mean.
 * Equal values are the same bytes in every source, so that rows are compared, ordered and hashed without being decoded; only
 * what is shown or forgiven is.
 */
@NullMarked
package io.parallax.engine.row;

import org.jspecify.annotations.NullMarked;
