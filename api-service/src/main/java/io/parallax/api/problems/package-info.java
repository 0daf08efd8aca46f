@NullMarked
package io.parallax.api.problems;

import org.jspecify.annotations.NullMarked;
