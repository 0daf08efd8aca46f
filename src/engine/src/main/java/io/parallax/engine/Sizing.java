package io.parallax.engine;

/**
 * How finely a diff is cut. The figures of a diff never depend on it.
 *
 * @param segmentRows rows of both sides together that one segment aims at, at least 1
 * @param bucketRows rows of one side that one bucket aims at, at least 1
 * @param maxSegments the most segments of one plan, at least 1
 * @param maxHashSlices the most segments where each one costs a scan, at least 1
 */
public record Sizing(long segmentRows, long bucketRows, int maxSegments, int maxHashSlices) {
    public static final Sizing DEFAULT = new Sizing(200_000, 1_000, 1_000, 4);

    public Sizing {
        if (segmentRows < 1 || bucketRows < 1 || maxSegments < 1 || maxHashSlices < 1) {
            throw new IllegalArgumentException(
                    "sizes start at 1: " + segmentRows + ", " + bucketRows + ", " + maxSegments + ", " + maxHashSlices);
        }
    }
}
