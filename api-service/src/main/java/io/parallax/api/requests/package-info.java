/**
 * What all resources share: bodies held against the shapes of the API document, fields read with every fault noted at its place,
 * query parameters, pages, and work that is not for an event loop.
 */
@NullMarked
package io.parallax.api.requests;

import org.jspecify.annotations.NullMarked;
