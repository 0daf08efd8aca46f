/** Many calls at once, and how fast they are answered. */
@NullMarked
package io.parallax.bench.load;

import org.jspecify.annotations.NullMarked;
