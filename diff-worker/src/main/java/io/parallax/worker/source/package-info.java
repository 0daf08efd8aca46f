@NullMarked
package io.parallax.worker.source;

import org.jspecify.annotations.NullMarked;
