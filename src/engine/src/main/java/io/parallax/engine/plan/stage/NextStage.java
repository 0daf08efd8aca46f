package io.parallax.engine.plan.stage;

import io.parallax.contract.Codec;
import io.parallax.contract.UnreadableMessageException;
import io.parallax.contract.tally.Effort;
import io.parallax.contract.tally.Residue;
import io.parallax.contract.tally.Residue.Figure;
import io.parallax.contract.tally.Sides;
import io.parallax.contract.tally.Tally;
import io.parallax.engine.plan.cut.Pieces;
import io.parallax.engine.task.DirtyBucketsTask;
import io.parallax.engine.task.HashBuckets;
import io.parallax.engine.task.PlanContext;
import io.parallax.engine.task.RepeatedRows;
import io.parallax.engine.task.Side;
import io.parallax.engine.task.Sizing;
import io.parallax.engine.task.Staged;
import io.parallax.engine.task.TaskBody;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Derives what the clean buckets of a residue count, and decides how the dirty ones are looked into: their rows are
 * fetched, or, where these are many, finer buckets are made of them first.
 */
public final class NextStage {
    /** With more dirty buckets than this, finer ones are likely to be dirty, too. */
    private static final int FEW_BUCKETS = 1024;

    private static final int FINEST_BITS = 24;
    private static final int MOST_PARTS = 64;

    private final PlanContext context;
    private final Sizing sizing;
    private final Residue residue;
    private final HashBuckets hashBuckets;

    private record Dirty(long bucket, long rows) {}

    /**
     * Of this residue.
     *
     * @throws UnreadableMessageException when it is of another version
     */
    public NextStage(PlanContext context, Sizing sizing, Residue residue) throws UnreadableMessageException {
        this.context = context;
        this.sizing = sizing;
        this.residue = residue;
        this.hashBuckets = Codec.fromJson(residue.of(), HashBuckets.class);
    }

    public Staged make() {
        long clean = 0;
        long repeatedKeys = 0;
        long repeatedRows = 0;
        List<Long> repeats = new ArrayList<>();
        List<Dirty> dirty = new ArrayList<>();
        for (int index = 0; index < residue.buckets(); index++) {
            long rowsA = residue.figure(Figure.ROWS_A, index);
            long rowsB = residue.figure(Figure.ROWS_B, index);
            if (rowsA == rowsB && residue.figure(Figure.CHECKSUMS, index) == 0) {
                clean += rowsA;
                repeatedKeys += residue.figure(Figure.REPEATED_KEYS, index);
                repeatedRows += residue.figure(Figure.REPEATED_ROWS, index);
                if (residue.figure(Figure.REPEATED_KEYS, index) > 0) {
                    repeats.add(hashBuckets.bucket(index));
                }
            } else {
                dirty.add(new Dirty(hashBuckets.bucket(index), rowsA + rowsB));
            }
        }
        return new Staged(
                settled(clean, repeatedKeys, repeatedRows),
                Stream.concat(shown(repeats), tasks(dirty).stream())
                        .map(Codec::toJson)
                        .toList(),
                Effort.NONE);
    }

    /** The same on both sides, as clean buckets hold the same rows; these are in the first stage's total. */
    private Tally settled(long rows, long repeatedKeys, long repeatedRows) {
        long distincts = rows - repeatedRows + repeatedKeys;
        return context.counting(new Tally(
                Sides.ZERO,
                Sides.ZERO,
                Sides.of(repeatedRows, repeatedRows),
                Sides.of(distincts, distincts),
                Sides.ZERO,
                context.comparesRepeated() ? rows : rows - repeatedRows,
                0,
                Collections.nCopies(context.a().values().size(), 0L)));
    }

    /** Nothing is left to be counted of clean buckets, but rows of repeated keys are shown; by the pass that shows keys. */
    private Stream<TaskBody> shown(List<Long> repeats) {
        if (repeats.isEmpty() || (context.pass() != null && !context.pass().ofKeys())) {
            return Stream.empty();
        }
        HashBuckets.BucketSet buckets = new HashBuckets.BucketSet(
                hashBuckets.bits(), repeats.stream().sorted().toList());
        Stream<Side> read = context.pass() == null
                ? Stream.of(Objects.requireNonNull(context.pieces()).cheaper())
                // Of which the same keys may have other values.
                : Stream.of(Side.values());
        return read.map(side -> new RepeatedRows(side, buckets));
    }

    private List<TaskBody> tasks(List<Dirty> dirty) {
        if (dirty.isEmpty()) {
            return List.of();
        }
        long rows = dirty.stream().mapToLong(Dirty::rows).sum();
        boolean refinable = dirty.size() <= FEW_BUCKETS && hashBuckets.bits() <= FINEST_BITS;
        return rows > sizing.partRows() && refinable ? refined(dirty) : parts(dirty, rows);
    }

    private List<TaskBody> refined(List<Dirty> dirty) {
        return Pieces.stage(
                Objects.requireNonNull(context.pieces()), hashBuckets.refined(numbers(dirty)), context.unique(), false);
    }

    /** Few, as each one costs a scan of both sides. */
    private List<TaskBody> parts(List<Dirty> dirty, long rows) {
        long wanted = Math.max(1, Math.min(MOST_PARTS, (rows + sizing.partRows() - 1) / sizing.partRows()));
        long rowsPerPart = (rows + wanted - 1) / wanted;
        List<TaskBody> parts = new ArrayList<>();
        List<Dirty> part = new ArrayList<>();
        long inPart = 0;
        for (Dirty bucket : dirty) {
            part.add(bucket);
            inPart += bucket.rows();
            if (inPart >= rowsPerPart) {
                parts.add(new DirtyBucketsTask(new HashBuckets.BucketSet(hashBuckets.bits(), numbers(part))));
                part.clear();
                inPart = 0;
            }
        }
        if (!part.isEmpty()) {
            parts.add(new DirtyBucketsTask(new HashBuckets.BucketSet(hashBuckets.bits(), numbers(part))));
        }
        return parts;
    }

    private static List<Long> numbers(List<Dirty> dirty) {
        return dirty.stream()
                .map(Dirty::bucket)
                .sorted(Comparator.naturalOrder())
                .toList();
    }
}
