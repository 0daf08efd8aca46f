/** What an operator says of a worker, and by what name it is known. Every other room may ask; this one asks none. */
@NullMarked
package io.parallax.worker.config;

import org.jspecify.annotations.NullMarked;
