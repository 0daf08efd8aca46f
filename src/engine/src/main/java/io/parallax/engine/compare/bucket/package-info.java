/**
 * Buckets by the key's hash, over the physical pieces of a side: what a piece adds to the residue, which keys are
 * repeated, and the rows of buckets that turned out dirty.
 */
@NullMarked
package io.parallax.engine.compare.bucket;

import org.jspecify.annotations.NullMarked;
