/**
 * Kafka as this service uses it: channels and partitions, messages to workers, and how long it keeps trying to get rid of one.
 * Kafka carries messages, each at least once; the truth about a diff is in the ledger.
 */
@NullMarked
package io.parallax.api.messaging;

import org.jspecify.annotations.NullMarked;
