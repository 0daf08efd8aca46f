/**
 * When PostgreSQL's values are equal, as SQL: the canonical expression of each family of types, the form in which its
 * values travel, how an index finds one and how people see it. Every expression is the same whatever a session's
 * settings are, or says which ones it needs.
 */
@NullMarked
package io.parallax.engine.postgres.value;

import org.jspecify.annotations.NullMarked;
