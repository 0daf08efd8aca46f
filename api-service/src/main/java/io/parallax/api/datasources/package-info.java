@NullMarked
package io.parallax.api.datasources;

import org.jspecify.annotations.NullMarked;
