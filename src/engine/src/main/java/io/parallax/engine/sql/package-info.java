/**
 * What users write as SQL: understood just far enough to be sure that it stays inside the place it is put in.
 */
@NullMarked
package io.parallax.engine.sql;

import org.jspecify.annotations.NullMarked;
