/**
 * What the API document says beyond what its scanner finds in the code. Examples and what no Java type tells are in
 * {@code META-INF/openapi.yaml}, which is merged with what is scanned; rules that hold for many calls are filters.
 */
@NullMarked
package io.parallax.api.document;

import org.jspecify.annotations.NullMarked;
