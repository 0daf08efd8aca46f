/**
 * How work reads a source, whatever engine the source is: what is known before anything connects, and what stops the work
 * while it is under way. Sessions read only and see one snapshot each.
 */
@NullMarked
package io.parallax.engine.session;

import org.jspecify.annotations.NullMarked;
