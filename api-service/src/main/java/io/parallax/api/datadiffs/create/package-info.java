/**
 * Makes diffs: judges the body, finds the one that was made under the same key before, and stores new ones, many at once where
 * many come, with their first planning job.
 */
@NullMarked
package io.parallax.api.datadiffs.create;

import org.jspecify.annotations.NullMarked;
