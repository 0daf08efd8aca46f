/**
 * The values by which PostgreSQL proves itself on a live server, by family; each with what it is compared as, written down
 * here and by no server.
 */
@NullMarked
package io.parallax.engine.postgres.probe;

import org.jspecify.annotations.NullMarked;
