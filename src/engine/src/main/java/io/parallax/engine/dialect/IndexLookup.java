package io.parallax.engine.dialect;

import org.jspecify.annotations.Nullable;

/**
 * How an index may find a key's rows by one of its columns: a condition that they meet, and few others.
 *
 * @param column its quoted name
 * @param type what literals are cast to; null where equal keys may have values that an index keeps apart
 */
public record IndexLookup(String column, @Nullable String type) {}
