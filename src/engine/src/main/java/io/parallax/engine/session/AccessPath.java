package io.parallax.engine.session;

/** How a session's queries get at rows. */
public enum AccessPath {
    /** As the database thinks best. */
    ANY_WAY,
    /** Not by an index that has them in order: where they are some of many and lie anywhere, sorting is cheaper. */
    BY_SCAN,
    /** By an index, row by row: for single keys. */
    BY_INDEX,
    /** By an index, then page by page: for ranges of keys, whatever the database thinks of their number. */
    BY_PAGES
}
