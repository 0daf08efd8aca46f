/**
 * The API service: REST in front, the store behind, Kafka at the side. It issues work, adds up what comes back and
 * finishes diffs; whatever needs a source is a worker's.
 */
@NullMarked
package io.parallax.api;

import org.jspecify.annotations.NullMarked;
