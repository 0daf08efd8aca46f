/** PostgreSQL: the contract of all dialects on its oldest and newest versions, and what only it has. */
@NullMarked
package io.parallax.dialect.postgres;

import org.jspecify.annotations.NullMarked;
