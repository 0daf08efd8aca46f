/**
 * A diff as the API shows it: the fields of its request, what has become of it, and the figures that
 * {@code io.parallax.outcome} makes of its counts.
 */
@NullMarked
package io.parallax.api.datadiffs.answer;

import org.jspecify.annotations.NullMarked;
