/** A real PostgreSQL and a real Kafka broker, started and stopped like any other resource; tests use them too. */
@NullMarked
package io.parallax.standalone.embedded;

import org.jspecify.annotations.NullMarked;
