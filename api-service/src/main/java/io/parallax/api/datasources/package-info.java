/**
 * Connections to databases, as clients set them up. Their secrets are sealed and never shown. Whatever has to be asked of a source, a
 * test of it or a question to it, waits in the store until the source has room for it and a worker has answered; this service
 * has no driver of its own.
 */
@NullMarked
package io.parallax.api.datasources;

import org.jspecify.annotations.NullMarked;
