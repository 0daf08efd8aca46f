/**
 * Connections to PostgreSQL: opened from a source's checked options, logged in as psql would be, in a transaction that
 * locks before it takes its snapshot, read only and always rolled back. Whoever waits for our locks is given way to.
 * Errors are told by SQLState alone.
 */
@NullMarked
package io.parallax.engine.postgres.session;

import org.jspecify.annotations.NullMarked;
