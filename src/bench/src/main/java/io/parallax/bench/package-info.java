/** Benchmarks, run by hand against a running Parallax; {@link io.parallax.bench.IdenticalTables} is the first. */
@NullMarked
package io.parallax.bench;

import org.jspecify.annotations.NullMarked;
