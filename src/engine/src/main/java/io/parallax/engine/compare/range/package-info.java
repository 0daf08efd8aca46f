/**
 * Looks for what differs in ranges of an integer key that an index reaches. Three ways, the cheapest first by what this
 * plan's earlier tasks have shown: lists of keys and hashes, a join in the one database, the rows themselves.
 */
@NullMarked
package io.parallax.engine.compare.range;

import org.jspecify.annotations.NullMarked;
