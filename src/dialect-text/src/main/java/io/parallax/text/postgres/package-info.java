/** PostgreSQL in text. */
@NullMarked
package io.parallax.text.postgres;

import org.jspecify.annotations.NullMarked;
