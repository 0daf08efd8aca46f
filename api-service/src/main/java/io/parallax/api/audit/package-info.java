/** Who did what. */
@NullMarked
package io.parallax.api.audit;

import org.jspecify.annotations.NullMarked;
