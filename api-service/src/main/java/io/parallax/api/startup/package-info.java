@NullMarked
package io.parallax.api.startup;

import org.jspecify.annotations.NullMarked;
