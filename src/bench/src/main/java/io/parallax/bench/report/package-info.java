/** What is printed. */
@NullMarked
package io.parallax.bench.report;

import org.jspecify.annotations.NullMarked;
