@NullMarked
package io.parallax.worker.work;

import org.jspecify.annotations.NullMarked;
