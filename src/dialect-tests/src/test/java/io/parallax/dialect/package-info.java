/**
 * What every dialect must do, whatever its database: {@link io.parallax.dialect.DialectContract} asks for it, a
 * {@link io.parallax.dialect.TestDatabase} says how a database is spoken to, and brute force says what is right. Tests of
 * what only one database has are in a package of its name.
 */
@NullMarked
package io.parallax.dialect;

import org.jspecify.annotations.NullMarked;
