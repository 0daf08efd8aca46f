/**
 * What a table would take: which statements would make one side like the other, and what stands in their way, such as
 * columns that cannot be written and values that do not fit.
 */
@NullMarked
package io.parallax.engine.plan.repair;

import org.jspecify.annotations.NullMarked;
