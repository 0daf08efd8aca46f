/** Draws requests for diffs of drawn tables, and tells from brute force what every answer about them must say. */
@NullMarked
package io.parallax.endtoend.requests;

import org.jspecify.annotations.NullMarked;
