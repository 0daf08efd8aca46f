package io.parallax.worker;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How finely diffs are cut, and how sources are treated. */
@ConfigMapping(prefix = "parallax.engine")
public interface EngineConfig {
    /** Rows of both sides together that one segment aims at. */
    @WithDefault("200000")
    long segmentRows();

    /** Rows of one side that one bucket aims at. */
    @WithDefault("1000")
    long bucketRows();

    /** The most segments of one plan. */
    @WithDefault("1000")
    int maxSegments();

    /** The most segments of a plan whose every segment costs a scan. */
    @WithDefault("4")
    int maxHashSlices();

    /** The longest wait for a connection to a source, login included. */
    @WithDefault("10s")
    Duration connectTimeout();

    /** The longest a statement may run in a source. */
    @WithDefault("1h")
    Duration statementTimeout();
}
