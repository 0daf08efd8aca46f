@NullMarked
package io.parallax.api.messaging;

import org.jspecify.annotations.NullMarked;
