/** Two pairs of tables worth comparing, and a walk through the REST API that compares them. */
@NullMarked
package io.parallax.standalone.demo;

import org.jspecify.annotations.NullMarked;
