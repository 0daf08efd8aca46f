@NullMarked
package io.parallax.api.reports;

import org.jspecify.annotations.NullMarked;
