@NullMarked
package io.parallax.api.security;

import org.jspecify.annotations.NullMarked;
