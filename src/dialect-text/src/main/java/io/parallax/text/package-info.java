/**
 * What the service and its clients have to know of databases without reaching one: the types of data sources and their options, and the script
 * that repairs a table. One {@code TextDialect} for each that {@code src/dialects} has.
 */
@NullMarked
package io.parallax.text;

import org.jspecify.annotations.NullMarked;
