package io.parallax.engine.plan.cut;

import io.parallax.engine.session.SessionPair;
import io.parallax.engine.task.DuplicateKeysTask;
import io.parallax.engine.task.HashBuckets;
import io.parallax.engine.task.Pages;
import io.parallax.engine.task.PieceScanTask;
import io.parallax.engine.task.PlanContext;
import io.parallax.engine.task.Side;
import io.parallax.engine.task.TaskBody;
import io.parallax.engine.type.DescribedDataset;
import io.parallax.engine.type.Storage;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Cuts both sides into physical pieces. */
public final class Pieces {
    private static final int MOST = 1000;

    private Pieces() {}

    /** Whether there is anything to be cut. */
    static boolean arePossible(SessionPair.Both<DescribedDataset> datasets) {
        return isCuttable(datasets.a().storage()) || isCuttable(datasets.b().storage());
    }

    private static boolean isCuttable(@Nullable Storage storage) {
        return storage != null && storage.pageRanges() && storage.pages() > 1;
    }

    static PlanContext.Pieces of(
            SessionPair.Both<DescribedDataset> datasets, SessionPair.Both<Double> rows, long aim, TaskSize size) {
        return new PlanContext.Pieces(
                cut(datasets.a().storage(), count(rows.a(), aim, size)),
                cut(datasets.b().storage(), count(rows.b(), aim, size)),
                rows.a() <= rows.b() ? Side.A : Side.B);
    }

    private static long count(double rows, long aim, TaskSize size) {
        return (long) Math.max(1, Math.min(MOST, Math.ceil(rows / size.rows(aim, rows))));
    }

    /** Parts of about equal numbers of pages, over all partitions; the last one takes what is added meanwhile. */
    static List<Pages> cut(@Nullable Storage storage, long count) {
        if (storage == null || !isCuttable(storage)) {
            return List.of(new Pages(0, null));
        }
        List<Pages> parts = new ArrayList<>();
        long from = 0;
        for (long part = 1; part < count; part++) {
            long to = position(storage.leafPages(), storage.pages() * part / count);
            if (to > from) {
                parts.add(new Pages(from, to));
                from = to;
            }
        }
        parts.add(new Pages(from, null));
        return parts;
    }

    /** How far into each leaf one has to go to have seen so many pages of all. */
    private static long position(List<Long> leaves, long pages) {
        List<Long> sorted = leaves.stream().sorted().toList();
        long before = 0;
        long position = 0;
        for (int i = 0; i < sorted.size(); i++) {
            long leavesLeft = sorted.size() - i;
            long step = (sorted.get(i) - position) * leavesLeft;
            if (before + step >= pages) {
                return position + (pages - before) / leavesLeft;
            }
            before += step;
            position = sorted.get(i);
        }
        return position;
    }

    /** A stage that leaves a residue of these buckets. */
    public static List<TaskBody> stage(
            PlanContext.Pieces pieces, HashBuckets hashBuckets, boolean unique, boolean first) {
        List<TaskBody> tasks = new ArrayList<>();
        if (!unique) {
            // First, as it takes longest.
            tasks.add(new DuplicateKeysTask(pieces.cheaper(), hashBuckets));
        }
        for (Side side : Side.values()) {
            List<Pages> parts = pieces.of(side);
            for (Pages part : parts) {
                tasks.add(new PieceScanTask(side, parts.size() == 1 ? null : part, hashBuckets, first));
            }
        }
        return tasks;
    }
}
