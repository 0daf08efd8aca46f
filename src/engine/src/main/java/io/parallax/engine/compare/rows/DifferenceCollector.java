package io.parallax.engine.compare.rows;

import io.parallax.contract.DiffFailedException;
import io.parallax.contract.ErrorType;
import io.parallax.contract.tally.DifferingRow;
import io.parallax.contract.tally.DifferingRow.Kind;
import io.parallax.contract.tally.Timeline;
import io.parallax.engine.compare.tally.TallyBuilder;
import io.parallax.engine.compare.tally.TimedCounts;
import io.parallax.engine.row.Row;
import io.parallax.engine.task.CountingPhase;
import io.parallax.engine.task.PlanContext;
import io.parallax.engine.task.Side;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a task finds among the rows that it compares: how many there are of each kind, and some to be shown. */
public final class DifferenceCollector implements KeyVisitor {
    /** Each with each of the other side. */
    private static final long MOST_COMPARISONS = 10_000_000;

    private final TallyBuilder builder;
    private final SampleRows samples;
    private final Display display;
    private final RowComparison comparison;
    private final @Nullable CountingPhase phase;
    private final @Nullable TimedCounts times;
    private final boolean multisets;
    private final RowTaker taker;
    private final int keyColumns;
    private final int valueColumns;

    public DifferenceCollector(PlanContext context) {
        this(context, RowTaker.NONE);
    }

    /** {@code taker} is told of the rows that differ. */
    public DifferenceCollector(PlanContext context, RowTaker taker) {
        this(
                context.keyNames().size(),
                context.valueNames().size(),
                new SampleRows(context.valueNames().size()),
                new Display(context),
                new RowComparison(context),
                context.pass(),
                context.a().timeBucket() == null
                        ? null
                        : new TimedCounts(context.valueNames().size()),
                context.comparesRepeated(),
                taker);
    }

    private DifferenceCollector(
            int keyColumns,
            int valueColumns,
            SampleRows samples,
            Display display,
            RowComparison comparison,
            @Nullable CountingPhase phase,
            @Nullable TimedCounts times,
            boolean multisets,
            RowTaker taker) {
        this.builder = new TallyBuilder(valueColumns);
        this.samples = samples;
        this.display = display;
        this.comparison = comparison;
        this.phase = phase;
        this.times = times;
        this.multisets = multisets;
        this.taker = taker;
        this.keyColumns = keyColumns;
        this.valueColumns = valueColumns;
    }

    /** Shows what it finds among the same rows, but counts it apart. */
    public DifferenceCollector uncounted() {
        return new DifferenceCollector(
                keyColumns, valueColumns, samples, display, comparison, phase, null, multisets, RowTaker.NONE);
    }

    private @Nullable Long time(Row row) {
        return row.int8(keyColumns + valueColumns);
    }

    /** What of them belongs to which time; null where nobody asked. */
    public @Nullable TimedCounts times() {
        return times;
    }

    /** The same, finished. */
    public @Nullable Timeline timeline() {
        return times == null ? null : times.timeline();
    }

    public TallyBuilder counts() {
        return builder;
    }

    /** Some of the rows that differ; null where none do. */
    public @Nullable List<DifferingRow> rows() {
        List<DifferingRow> rows = samples.rows();
        return rows.isEmpty() ? null : rows;
    }

    @Override
    public void exclusive(Side side, KeyGroups.Group group) {
        key(side, group);
        builder.exclusive(side);
        Row row = group.first();
        if (times != null) {
            times.exclusive(side, time(row));
        }
        taker.exclusive(side, row);
        Kind kind = side == Side.A ? Kind.EXCLUSIVE1 : Kind.EXCLUSIVE2;
        if (showsKeys()) {
            samples.offer(kind, row.rank(), () -> display.single(kind, side, row));
        }
    }

    @Override
    public void shared(KeyGroups.Group a, KeyGroups.Group b) {
        key(Side.A, a);
        key(Side.B, b);
        if (a.count() == 1 && b.count() == 1) {
            pair(a.first(), b.first());
        } else if (multisets) {
            multisets(a, b);
        }
    }

    /** Equal rows go together; the others in the order of their values, as far as both sides have any. */
    private void multisets(KeyGroups.Group a, KeyGroups.Group b) {
        List<Row> left = new ArrayList<>();
        Map<ByteBuffer, Deque<Row>> ofB = new HashMap<>();
        rows(b).forEach(row ->
                ofB.computeIfAbsent(row.values(), values -> new ArrayDeque<>()).add(row));
        rows(a).forEach(row -> {
            Deque<Row> equal = ofB.get(row.values());
            if (equal == null || equal.isEmpty()) {
                left.add(row);
            } else {
                pair(row, equal.remove());
            }
        });
        List<Row> others = ofB.values().stream()
                .flatMap(Deque::stream)
                .sorted(Comparator.comparing(Row::values))
                .collect(Collectors.toCollection(ArrayList::new));
        left.sort(Comparator.comparing(Row::values));
        forgiven(left, others);
        for (int i = 0; i < Math.min(left.size(), others.size()); i++) {
            pair(left.get(i), others.get(i));
        }
    }

    /** Rows that the plan's rules take for equal go together before others do. */
    private void forgiven(List<Row> left, List<Row> others) {
        if (!comparison.forgives()) {
            return;
        }
        if ((long) left.size() * others.size() > MOST_COMPARISONS) {
            throw new DiffFailedException(
                    ErrorType.UNSUPPORTED,
                    "A key occurs too often for compare_duplicates together with rules of equality; add columns to"
                            + " pk_columns, or leave one of the two out.");
        }
        left.removeIf(row -> {
            Row equal = others.stream()
                    .filter(other -> comparison.differences(row, other) == null)
                    .findFirst()
                    .orElse(null);
            if (equal != null) {
                others.remove(equal);
                pair(row, equal);
            }
            return equal != null;
        });
    }

    private static Stream<Row> rows(KeyGroups.Group group) {
        return Stream.concat(Stream.of(group.first()), group.more().stream());
    }

    private void pair(Row a, Row b) {
        if (phase != null && phase.ofKeys()) {
            builder.compared();
            return;
        }
        boolean[] differs = comparison.differences(a, b);
        if (differs == null) {
            builder.compared();
            if (times != null) {
                times.compared(time(a), 1);
            }
            return;
        }
        builder.compared(differs);
        if (times != null) {
            times.differing(time(a), differs);
        }
        taker.differing(a, b, differs);
        samples.offer(a.rank(), differs, () -> display.pair(a, b, differs));
    }

    private void key(Side side, KeyGroups.Group group) {
        builder.key(side, group.count());
        if (group.count() > 1) {
            rows(group).forEach(row -> repeated(side, row));
        }
    }

    /** Whether this pass shows rows for the sake of their keys. */
    public boolean showsKeys() {
        return phase == null || phase.ofKeys();
    }

    /** Whether repeated keys that both sides have alike have the same values, too: what a pass of keys has not looked at. */
    public boolean areAlikeInValues() {
        return phase == null;
    }

    /** Shows a repeated key that both sides have alike, of which one side was read; it is counted already. */
    void repeatedAlike(Side read, KeyGroups.Group group) {
        Stream.of(Side.values())
                .filter(side -> side == read || areAlikeInValues())
                .forEach(side -> rows(group).forEach(row -> repeated(side, row)));
    }

    private void repeated(Side side, Row row) {
        Kind kind = side == Side.A ? Kind.DUPLICATE1 : Kind.DUPLICATE2;
        if (showsKeys()) {
            samples.offer(kind, row.rank(), () -> display.single(kind, side, row));
        }
    }
}
