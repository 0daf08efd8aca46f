/**
 * Finds diffs again: one of them, what it found, how far it is, or a page of many. What is asked for again and again is read and
 * parsed anew only when its row has changed.
 */
@NullMarked
package io.parallax.api.datadiffs.read;

import org.jspecify.annotations.NullMarked;
