/**
 * What values, columns and datasets are, whatever engine holds them, and how the columns of two datasets go together.
 * Nothing here speaks SQL or knows a session.
 */
@NullMarked
package io.parallax.engine.type;

import org.jspecify.annotations.NullMarked;
