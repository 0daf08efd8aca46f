package io.parallax.engine.task;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * What one worker keeps for a plan from now on, in place of another one.
 *
 * @param common what the plan's tasks share from now on
 * @param hold its taker closes it
 */
public record Taken(JsonNode common, HeldSnapshot hold) {}
