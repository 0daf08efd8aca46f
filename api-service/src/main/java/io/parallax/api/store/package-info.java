/**
 * What statements to the store share, whichever feature they are of: transactions, reading many rows a few at a time, arrays and
 * documents as text, and the words for a diff that is not over.
 */
@NullMarked
package io.parallax.api.store;

import org.jspecify.annotations.NullMarked;
