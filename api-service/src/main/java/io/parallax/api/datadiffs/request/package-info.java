/**
 * What a client may ask for: the fields of a request and what they mean, everything that is found wrong with a body, each fault
 * with its place, and the {@link io.parallax.contract.DiffSpec} that workers get of a sound one.
 */
@NullMarked
package io.parallax.api.datadiffs.request;

import org.jspecify.annotations.NullMarked;
