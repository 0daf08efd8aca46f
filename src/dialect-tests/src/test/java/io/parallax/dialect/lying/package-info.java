/** A dialect that speaks to PostgreSQL and is wrong about something, as one may be whose database nobody here has. */
@NullMarked
package io.parallax.dialect.lying;

import org.jspecify.annotations.NullMarked;
