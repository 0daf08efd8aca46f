/**
 * Diffs with known answers while everything around them breaks: {@link io.parallax.endtoend.chaos.Chaos} strikes parts of a
 * {@link io.parallax.endtoend.chaos.Site} by a seeded {@link io.parallax.endtoend.chaos.Schedule},
 * {@link io.parallax.endtoend.chaos.Load} asks, {@link io.parallax.endtoend.chaos.Reckoning} says what went wrong.
 */
package io.parallax.endtoend.chaos;
