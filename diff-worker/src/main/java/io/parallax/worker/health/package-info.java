@NullMarked
package io.parallax.worker.health;

import org.jspecify.annotations.NullMarked;
