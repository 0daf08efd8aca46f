package io.parallax.engine.task;

import io.parallax.contract.Hints;
import org.jspecify.annotations.Nullable;

/**
 * How finely a diff is cut. The figures of a diff never depend on it.
 *
 * @param smallRows with no more rows, both sides together, a diff is compared while it is planned; at least 0
 * @param segmentRows rows of both sides together that one segment aims at, at least 1; fewer where they are measured to be
 *     slow, more where there would be very many segments
 * @param bucketRows rows of one side that one bucket aims at, at least 1
 * @param maxSegments the most segments of one plan, at least 1
 * @param maxHashSlices the most segments where each one costs a scan, at least 1
 * @param pieceRows rows that one piece of one side aims at, at least 1
 * @param partRows rows of both sides together that one task may fetch from dirty buckets; more are refined first
 * @param approach how larger diffs are cut
 * @param search what the tasks of segments begin with
 */
public record Sizing(
        long smallRows,
        long segmentRows,
        long bucketRows,
        int maxSegments,
        int maxHashSlices,
        long pieceRows,
        long partRows,
        Approach approach,
        Search search) {
    public static final Sizing DEFAULT =
            new Sizing(50_000, 800_000, 1_000, 1_000, 4, 2_000_000, 4_000_000, Approach.MEASURED, Search.MEASURED);

    /** With whatever search seems the cheapest. */
    public Sizing(
            long smallRows,
            long segmentRows,
            long bucketRows,
            int maxSegments,
            int maxHashSlices,
            long pieceRows,
            long partRows,
            Approach approach) {
        this(
                smallRows,
                segmentRows,
                bucketRows,
                maxSegments,
                maxHashSlices,
                pieceRows,
                partRows,
                approach,
                Search.MEASURED);
    }

    public Sizing {
        if (smallRows < 0
                || segmentRows < 1
                || bucketRows < 1
                || maxSegments < 1
                || maxHashSlices < 1
                || pieceRows < 1
                || partRows < 1) {
            throw new IllegalArgumentException("sizes start at 1");
        }
    }

    /** The same as a client would have it. */
    public Sizing with(@Nullable Hints hints) {
        if (hints == null) {
            return this;
        }
        long rows = hints.bucketRows() == null ? bucketRows : hints.bucketRows();
        Integer buckets = hints.buckets();
        return new Sizing(
                smallRows,
                // Of both sides.
                buckets == null ? segmentRows : Math.max(1, 2 * rows * buckets),
                rows,
                maxSegments,
                maxHashSlices,
                pieceRows,
                partRows,
                approach,
                search);
    }

    /** How a diff that is not small is cut. */
    public enum Approach {
        /** As the databases estimate their costs. */
        MEASURED,
        /** Into key ranges where both sides order the key alike, else into slices of its hash. */
        SEGMENTS,
        /** Into physical pieces where snapshots can be had. */
        PIECES
    }

    /** What the tasks of segments begin with. */
    public enum Search {
        /** What costs the least where as many rows differ as earlier tasks have shown. */
        MEASURED,
        /** Fingerprints of buckets. */
        FINGERPRINTS,
        /** Every key with its row's hash, or a join, where that can be; else fingerprints. */
        KEYS,
        /** The rows. */
        ROWS
    }
}
