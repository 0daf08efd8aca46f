package io.parallax.engine.dialect;

/**
 * A value in the one form that all equal values share, and no others: its bytes and its text alike.
 *
 * @param sql the expression, over the dataset's own columns
 * @param wide true when texts of it may be long
 * @param hashed the same for a chain of hashes, which often needs less
 */
public record CanonicalExpression(String sql, boolean wide, HashInput hashed) {}
