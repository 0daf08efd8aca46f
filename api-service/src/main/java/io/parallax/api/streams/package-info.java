/** Answers that go to clients bit by bit: so many at a time, and none to clients that do not read. */
@NullMarked
package io.parallax.api.streams;

import org.jspecify.annotations.NullMarked;
