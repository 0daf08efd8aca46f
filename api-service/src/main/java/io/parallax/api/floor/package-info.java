/** The least that a call can cost, for load figures to stand beside. */
@NullMarked
package io.parallax.api.floor;

import org.jspecify.annotations.NullMarked;
