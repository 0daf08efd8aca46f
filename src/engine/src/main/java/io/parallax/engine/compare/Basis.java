package io.parallax.engine.compare;

import io.parallax.engine.postgres.Hashing;

/**
 * What all tasks of a plan share.
 *
 * @param hashing the hash that both sides' databases agree on
 * @param unique true when one side's database promises that no key occurs twice
 */
public record Basis(Side a, Side b, Hashing hashing, boolean unique) {}
