/**
 * The script that makes one side equal to the other, in the target's SQL: whether there can be one, its statements, and
 * values as literals. All of it is PostgreSQL's so far.
 */
@NullMarked
package io.parallax.outcome.repair;

import org.jspecify.annotations.NullMarked;
