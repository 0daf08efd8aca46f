@NullMarked
package io.parallax.api.datadiffs;

import org.jspecify.annotations.NullMarked;
