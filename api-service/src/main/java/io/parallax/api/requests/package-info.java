@NullMarked
package io.parallax.api.requests;

import org.jspecify.annotations.NullMarked;
