/**
 * Hashes of rows and of keys in PostgreSQL: which there are, how a row's columns go into one, what seeds them. Their
 * proofs stand beside them; that two servers agree is found out by {@code postgres.catalog.Probe}.
 */
@NullMarked
package io.parallax.engine.postgres.hash;

import org.jspecify.annotations.NullMarked;
