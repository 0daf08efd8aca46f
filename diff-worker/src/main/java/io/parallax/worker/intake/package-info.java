@NullMarked
package io.parallax.worker.intake;

import org.jspecify.annotations.NullMarked;
