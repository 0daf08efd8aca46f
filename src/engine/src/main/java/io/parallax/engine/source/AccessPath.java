package io.parallax.engine.source;

/** How a session's queries get at rows. */
public enum AccessPath {
    /** As the database thinks best. */
    ANY_WAY("on", "on", false),
    /** Not by an index that has them in order: where they are some of many and lie anywhere, sorting is cheaper. */
    BY_SCAN("on", "off", false),
    /** By an index, row by row: for single keys. */
    BY_INDEX("off", "on", true),
    /** By an index, then page by page: for ranges of keys, whatever the database thinks of their number. */
    BY_PAGES("off", "off", true);

    private static final String READ_AHEAD = "effective_io_concurrency";

    private final String sequentialScans;
    private final String indexScans;
    private final boolean fewPages;

    AccessPath(String sequentialScans, String indexScans, boolean fewPages) {
        this.sequentialScans = sequentialScans;
        this.indexScans = indexScans;
        this.fewPages = fewPages;
    }

    String sql() {
        return "select " + SessionSettings.set("enable_seqscan", sequentialScans) + ", "
                + SessionSettings.set("enable_indexscan", indexScans) + ", " + readAhead();
    }

    /** To ask for a few pages ahead takes longer than to read them. */
    private String readAhead() {
        return fewPages ? SessionSettings.set(READ_AHEAD, "0") : SessionSettings.reset(READ_AHEAD);
    }
}
