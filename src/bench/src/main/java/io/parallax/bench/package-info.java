/** What a diff costs beside what no diff can cost less than; run by hand, {@link io.parallax.bench.Bench} is the command. */
@NullMarked
package io.parallax.bench;

import org.jspecify.annotations.NullMarked;
