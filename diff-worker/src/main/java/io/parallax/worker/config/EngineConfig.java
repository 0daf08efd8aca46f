package io.parallax.worker.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** How finely diffs are cut, and how sources are treated. */
@ConfigMapping(prefix = "parallax.engine")
public interface EngineConfig {
    /** With no more rows, both sides together, a diff is compared while it is planned. */
    @WithDefault("50000")
    long smallRows();

    /** Rows of both sides together that one segment aims at; fewer where they are slow, more where there are many. */
    @WithDefault("800000")
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

    /** Rows that one physical piece of one side aims at. */
    @WithDefault("2000000")
    long pieceRows();

    /** Rows of both sides together that one task may fetch from buckets that differ. */
    @WithDefault("4000000")
    long partRows();

    /** The longest wait for a connection to a source, login included. */
    @WithDefault("10s")
    Duration connectTimeout();

    /** Networks that sources may be in, such as 10.0.0.0/8, with commas between; all where it is empty. */
    Optional<String> allowedHosts();

    /** Networks that sources may not be in, whatever is allowed. */
    Optional<String> deniedHosts();

    /** The longest a statement may run in a source. */
    @WithDefault("1h")
    Duration statementTimeout();
}
