/** What Parallax writes into databases: copies of datasets, and tables of what it has found. */
@NullMarked
package io.parallax.engine.write;

import org.jspecify.annotations.NullMarked;
