/** Figures for operators, at {@code /q/metrics}. */
@NullMarked
package io.parallax.api.metrics;

import org.jspecify.annotations.NullMarked;
