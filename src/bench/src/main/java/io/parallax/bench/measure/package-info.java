/** Seconds, CPU time and memory, as the kernel counts them. */
@NullMarked
package io.parallax.bench.measure;

import org.jspecify.annotations.NullMarked;
