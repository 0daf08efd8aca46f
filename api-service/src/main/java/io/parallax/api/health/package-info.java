@NullMarked
package io.parallax.api.health;

import org.jspecify.annotations.NullMarked;
