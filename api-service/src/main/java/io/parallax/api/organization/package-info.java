/**
 * Who a key belongs to, as clients of the published API ask first.
 */
@NullMarked
package io.parallax.api.organization;

import org.jspecify.annotations.NullMarked;
