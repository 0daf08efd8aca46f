/** Statements that make one side of a diff equal to the other, from the rows that the store keeps. */
@NullMarked
package io.parallax.api.repair;

import org.jspecify.annotations.NullMarked;
