/**
 * What a PostgreSQL server tells of itself: tables, columns, types, indexes and rights, what depends on a table, what
 * its hashes make of known values. One question each, which a server plans but once.
 */
@NullMarked
package io.parallax.engine.postgres.catalog;

import org.jspecify.annotations.NullMarked;
