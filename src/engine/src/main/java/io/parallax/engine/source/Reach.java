package io.parallax.engine.source;

/** How a session's queries get at rows. */
public enum Reach {
    /** As the database thinks best. */
    ANY_WAY("on", "on"),
    /** By an index, row by row: for single keys. */
    BY_INDEX("off", "on"),
    /** By an index, then page by page: for ranges of keys, whatever the database thinks of their number. */
    BY_PAGES("off", "off");

    private final String sequentialScans;
    private final String indexScans;

    Reach(String sequentialScans, String indexScans) {
        this.sequentialScans = sequentialScans;
        this.indexScans = indexScans;
    }

    String sql() {
        return "select " + SessionSettings.set("enable_seqscan", sequentialScans) + ", "
                + SessionSettings.set("enable_indexscan", indexScans) + ", "
                // To ask for a few pages ahead takes longer than to read them.
                + SessionSettings.set("effective_io_concurrency", "0");
    }
}
