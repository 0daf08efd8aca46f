/** Where this service is found from outside. */
@NullMarked
package io.parallax.api.links;

import org.jspecify.annotations.NullMarked;
