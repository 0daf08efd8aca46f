/**
 * Turns a diff into tasks. {@link io.parallax.engine.plan.Planner} describes both datasets ({@code dataset}), finds the
 * key ({@code key}), cuts the key space or the tables ({@code cut}) and says what could be written to them ({@code
 * repair}); what follows a stage is in {@code stage}. Small diffs are compared while they are planned.
 */
@NullMarked
package io.parallax.engine.plan;

import org.jspecify.annotations.NullMarked;
