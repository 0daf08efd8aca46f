/**
 * Both services, PostgreSQL and Kafka in one process, for a first look and for small installations.
 *
 * <p>{@link io.parallax.standalone.Main} takes the {@link io.parallax.standalone.data data directory}, starts the
 * {@link io.parallax.standalone.embedded embedded servers}, tells the services where they are, runs the services,
 * shows the {@link io.parallax.standalone.demo demo}, and takes it all down again in reverse order.
 */
@NullMarked
package io.parallax.standalone;

import org.jspecify.annotations.NullMarked;
