/** What is measured: two PostgreSQL servers that hold the tables, and the packaged services. */
@NullMarked
package io.parallax.bench.server;

import org.jspecify.annotations.NullMarked;
