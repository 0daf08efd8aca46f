/**
 * What a client is told when something is wrong: all faults of a request at once, each with its place, or one sentence on what to
 * do. A store that is away is 503, and nothing else is.
 */
@NullMarked
package io.parallax.api.problems;

import org.jspecify.annotations.NullMarked;
