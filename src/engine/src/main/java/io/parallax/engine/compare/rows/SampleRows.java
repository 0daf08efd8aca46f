package io.parallax.engine.compare.rows;

import io.parallax.contract.Codec;
import io.parallax.contract.tally.DifferingRow;
import io.parallax.contract.tally.DifferingRow.Kind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a task that are kept to be shown: of each kind, and of {@link Kind#VALUE} for each differing column too,
 * those of the lowest ranks. Which these are depends neither on the order of the offers nor on how tasks are cut, as
 * long as rows of one rank come from one task; among these the first ones are kept. Offers that come too late cost a
 * comparison or two, for there may be one for every row of a table.
 *
 * <p>All rows together are bounded in bytes as well. Beyond that the highest ranks go, and none as high is taken again.
 */
public final class SampleRows {
    /** How many rows of each kind, and for each column, are kept. */
    static final int MOST = 1000;

    /** How much JSON a report takes, with room left for the rest of it. */
    static final int MOST_BYTES = 1 << 20;

    private static final boolean[] NO_COLUMNS = {};
    private static final int A_LITTLE_MORE = 16;

    private final int mostBytes;
    private final Places[] ofKinds;
    private final Places[] ofColumns;
    private final TreeSet<Kept> all = new TreeSet<>(Kept.ORDER);
    private long offers;
    private long bytes;
    private @Nullable Long ceiling;

    public SampleRows(int columns) {
        this(columns, MOST, MOST_BYTES);
    }

    /**
     * No rows yet.
     *
     * @param columns compared columns
     * @param most rows of each kind and for each column
     * @param mostBytes of the JSON of all rows
     */
    SampleRows(int columns, int most, int mostBytes) {
        this.mostBytes = mostBytes;
        this.ofKinds = places(Kind.values().length, most);
        this.ofColumns = places(columns, most);
    }

    private static Places[] places(int count, int most) {
        return IntStream.range(0, count).mapToObj(i -> new Places(most)).toArray(Places[]::new);
    }

    /** Offers a row of any kind but {@link Kind#VALUE}; it is made only if it is kept. */
    public void offer(Kind kind, long rank, Supplier<DifferingRow> row) {
        offer(kind, rank, NO_COLUMNS, row);
    }

    /** Offers a {@link Kind#VALUE}, {@code true} for each column that differs; it is made only if it is kept. */
    public void offer(long rank, boolean[] differs, Supplier<DifferingRow> row) {
        offer(Kind.VALUE, rank, differs, row);
    }

    private void offer(Kind kind, long rank, boolean[] differs, Supplier<DifferingRow> row) {
        if (isWanted(kind, rank, differs)) {
            keep(row.get(), rank, wanting(kind, rank, differs));
        }
    }

    /** The common answer is no, and must not cost a thing. */
    private boolean isWanted(Kind kind, long rank, boolean[] differs) {
        if (ceiling != null && rank >= ceiling) {
            return false;
        }
        if (ofKinds[kind.ordinal()].want(rank)) {
            return true;
        }
        for (int column = 0; column < differs.length; column++) {
            if (differs[column] && ofColumns[column].want(rank)) {
                return true;
            }
        }
        return false;
    }

    private List<Places> wanting(Kind kind, long rank, boolean[] differs) {
        Stream<Places> columns =
                IntStream.range(0, differs.length).filter(i -> differs[i]).mapToObj(i -> ofColumns[i]);
        return Stream.concat(Stream.of(ofKinds[kind.ordinal()]), columns)
                .filter(places -> places.want(rank))
                .toList();
    }

    private void keep(DifferingRow row, long rank, List<Places> wanting) {
        Kept kept = new Kept(rank, offers++, row, size(row));
        all.add(kept);
        bytes += kept.bytes;
        wanting.forEach(places -> kept.take(places).ifPresent(this::drop));
        while (bytes > mostBytes) {
            Kept highest = all.last();
            ceiling = highest.rank;
            highest.leaveAll();
            drop(highest);
        }
    }

    private void drop(Kept kept) {
        all.remove(kept);
        bytes -= kept.bytes;
    }

    /** As a report has it, a little more. */
    private static int size(DifferingRow row) {
        return Codec.size(row) + A_LITTLE_MORE;
    }

    /** What is kept, lowest rank first. */
    public List<DifferingRow> rows() {
        return all.stream().map(kept -> kept.row).toList();
    }

    /** The rows that one kind or column wants. */
    private static final class Places {
        private final int most;
        private final TreeSet<Kept> taken = new TreeSet<>(Kept.ORDER);
        private boolean full;
        private long highest;

        Places(int most) {
            this.most = most;
            this.full = most == 0;
            this.highest = Long.MIN_VALUE;
        }

        boolean want(long rank) {
            return !full || rank < highest;
        }

        /** Takes a wanted row; returns the one it displaces. */
        Optional<Kept> take(Kept kept) {
            taken.add(kept);
            Kept displaced = taken.size() > most ? taken.pollLast() : null;
            full = taken.size() == most;
            highest = taken.last().rank;
            return Optional.ofNullable(displaced);
        }

        void leave(Kept kept) {
            taken.remove(kept);
            full = false;
        }
    }

    /** One row, and who wants it. */
    private static final class Kept {
        static final Comparator<Kept> ORDER =
                Comparator.<Kept>comparingLong(kept -> kept.rank).thenComparingLong(kept -> kept.turn);

        private final long rank;
        private final long turn;
        private final DifferingRow row;
        private final int bytes;
        private final List<Places> places = new ArrayList<>(1);

        Kept(long rank, long turn, DifferingRow row, int bytes) {
            this.rank = rank;
            this.turn = turn;
            this.row = row;
            this.bytes = bytes;
        }

        /** Takes a place; returns the row that has lost its last one by that. */
        Optional<Kept> take(Places wanting) {
            places.add(wanting);
            return wanting.take(this).filter(displaced -> displaced.lost(wanting));
        }

        private boolean lost(Places place) {
            places.remove(place);
            return places.isEmpty();
        }

        void leaveAll() {
            places.forEach(place -> place.leave(this));
        }
    }
}
