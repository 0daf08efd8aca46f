/**
 * What Parallax writes into databases besides results: copies of datasets, and the end of tables that nobody needs any
 * more.
 */
@NullMarked
package io.parallax.engine.write;

import org.jspecify.annotations.NullMarked;
