/**
 * Requests that come as CloudEvents by a topic instead of by HTTP; they make the same diffs, and are answered by an event.
 */
@NullMarked
package io.parallax.api.datadiffs.message;

import org.jspecify.annotations.NullMarked;
