/**
 * Takes jobs and tasks from Kafka, has the engine do them, and reports.
 *
 * <p>{@code intake} reads the topics and acknowledges a message once its work has a place, {@code work} runs a bounded
 * amount of it and stops it when told, {@code report} speaks to the API service, {@code source} opens sealed connection
 * details. A worker holds no state and knows no store.
 */
@NullMarked
package io.parallax.worker;

import org.jspecify.annotations.NullMarked;
