/**
 * How our own statements for PostgreSQL are written: names and literals quoted, functions and operators spelled out so
 * that they mean PostgreSQL's own, whatever the login's search_path. What users wrote in them stays as it is.
 */
@NullMarked
package io.parallax.engine.postgres.sql;

import org.jspecify.annotations.NullMarked;
