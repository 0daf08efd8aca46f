@NullMarked
package io.parallax.api.organization;

import org.jspecify.annotations.NullMarked;
