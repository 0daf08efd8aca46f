/**
 * Whether this replica may be asked: it needs the store, and says of Kafka what it knows without being unwell for its sake.
 */
@NullMarked
package io.parallax.api.health;

import org.jspecify.annotations.NullMarked;
