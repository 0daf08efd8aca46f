/** The rows in which a diff's datasets differ, for clients to read: page by page, in three formats. */
@NullMarked
package io.parallax.api.results;

import org.jspecify.annotations.NullMarked;
