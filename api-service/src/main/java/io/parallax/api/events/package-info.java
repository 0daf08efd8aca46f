/**
 * What the outside is told about diffs: as CloudEvents on a Kafka topic, to webhooks, and to clients that listen. Noted in
 * the transaction that it happens in, told at least once.
 */
@NullMarked
package io.parallax.api.events;

import org.jspecify.annotations.NullMarked;
