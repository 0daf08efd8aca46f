package io.parallax.engine.postgres.session;

import io.parallax.engine.session.AccessPath;

/** Has PostgreSQL's planner get at rows in a given way. */
final class AccessPathSettings {
    private static final String READ_AHEAD = "effective_io_concurrency";

    private AccessPathSettings() {}

    static String sql(AccessPath way) {
        return switch (way) {
            case ANY_WAY -> sql("on", "on", false);
            case BY_SCAN -> sql("on", "off", false);
            case BY_INDEX -> sql("off", "on", true);
            case BY_PAGES -> sql("off", "off", true);
        };
    }

    private static String sql(String sequentialScans, String indexScans, boolean fewPages) {
        return "select " + SessionSettings.set("enable_seqscan", sequentialScans) + ", "
                + SessionSettings.set("enable_indexscan", indexScans) + ", "
                // To ask for a few pages ahead takes longer than to read them.
                + (fewPages ? SessionSettings.set(READ_AHEAD, "0") : SessionSettings.reset(READ_AHEAD));
    }
}
