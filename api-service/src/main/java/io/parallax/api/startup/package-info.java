/**
 * What a replica does at its start and end, and at set times in between: it looks at store, keys and Kafka before it lets anyone
 * in, makes and keeps the topics, watches whether Kafka is there, and runs the sweeps of all features.
 */
@NullMarked
package io.parallax.api.startup;

import org.jspecify.annotations.NullMarked;
