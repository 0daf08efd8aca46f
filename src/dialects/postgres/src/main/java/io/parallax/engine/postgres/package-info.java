/**
 * How PostgreSQL is spoken to. Its rooms: {@code sql} for names, literals and the spelling of our own statements,
 * {@code value} for what equal values look like, {@code hash} for the hashes of rows and keys, {@code session} for
 * connections, {@code catalog} for what a server tells of itself.
 */
@NullMarked
package io.parallax.engine.postgres;

import org.jspecify.annotations.NullMarked;
