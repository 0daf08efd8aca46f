package io.parallax.engine.plan.cut;

import io.parallax.engine.dialect.Cutting;
import io.parallax.engine.task.RangeColumn;

/**
 * A key column that both sides order alike.
 *
 * @param boundType the type that bounds are ordered by
 * @param a how A's index knows it
 * @param b how B's index knows it
 * @param sampleA what a possible bound is made of on side A
 * @param sampleB the same on side B
 * @param steps true when it holds integers on both sides
 */
public record RangeKey(
        String boundType, RangeColumn a, RangeColumn b, Cutting.Bound sampleA, Cutting.Bound sampleB, boolean steps) {}
