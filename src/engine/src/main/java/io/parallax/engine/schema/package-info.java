/** What datasets consist of, and how the columns of two datasets relate. */
@NullMarked
package io.parallax.engine.schema;

import org.jspecify.annotations.NullMarked;
