package io.parallax.api.ledger.rows;

import io.parallax.api.ledger.LockedDiff;
import io.parallax.api.requests.OffTheLoop;
import io.parallax.api.store.ArrayText;
import io.parallax.contract.message.TaskAddress;
import io.parallax.contract.tally.DifferingRow;
import io.parallax.contract.tally.Tally;
import io.parallax.outcome.next.Course;
import io.parallax.outcome.rows.KindName;
import io.parallax.outcome.rows.RowCounts;
import io.parallax.outcome.rows.RowLimits;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The rows that differ, a bounded choice of those that the workers send: the lowest ranks of each kind and column.
 * Every change is part of a transaction that holds the diff's row.
 */
@ApplicationScoped
public class FoundRows {
    private static final int BYTES_OF_A_ROW = 1000;

    private final ResultsSettings settings;

    FoundRows(ResultsSettings settings) {
        this.settings = settings;
    }

    /**
     * Adds a result's rows, as far as they may be among the lowest ranks. They are trimmed each time the number of tasks
     * has doubled: until then no more come in than were kept.
     */
    public Uni<Void> add(SqlConnection tx, TaskAddress address, @Nullable List<DifferingRow> rows) {
        if (rows == null || rows.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return tx.preparedQuery(FoundRowsSql.LIMITS)
                .execute(Tuple.of(address.diff(), address.plan()))
                .map(FoundRows::limits)
                .flatMap(limits ->
                        OffTheLoop.run((long) BYTES_OF_A_ROW * rows.size(), () -> wanted(address, rows, limits)))
                .flatMap(wanted -> wanted.isPresent()
                        ? tx.preparedQuery(FoundRowsSql.ADD)
                                .execute(wanted.get())
                                .replaceWithVoid()
                        : Uni.createFrom().voidItem())
                .chain(() -> Integer.bitCount(address.task()) == 1
                        ? trim(tx, address.diff(), address.plan())
                        : Uni.createFrom().voidItem());
    }

    private static RowLimits limits(RowSet<Row> rows) {
        Map<RowLimits.Place, Long> limits = new HashMap<>();
        rows.forEach(row -> limits.put(
                new RowLimits.Place(KindName.kind(row.getString("kind")).orElseThrow(), row.getString("place")),
                row.getLong("rank")));
        return new RowLimits(limits);
    }

    private static Optional<Tuple> wanted(TaskAddress address, List<DifferingRow> rows, RowLimits limits) {
        List<DifferingRow> wanted = rows.stream().filter(limits::allow).toList();
        return wanted.isEmpty() ? Optional.empty() : Optional.of(columns(address, wanted));
    }

    private static Tuple columns(TaskAddress address, List<DifferingRow> rows) {
        Tuple columns = Tuple.of(address.diff(), address.plan());
        addColumns(columns, rows);
        return columns;
    }

    /** Adds one array for each of {@code kind, rank, key, row_values, columns, shortened}, the last two of lists as texts. */
    public static void addColumns(Tuple columns, List<DifferingRow> rows) {
        columns.addArrayOfString(texts(rows, row -> KindName.of(row.kind())))
                .addArrayOfLong(rows.stream().map(DifferingRow::rank).toArray(Long[]::new))
                .addArrayOfString(texts(rows, row -> row.key().toString()))
                .addArrayOfString(texts(rows, row -> row.values().toString()))
                .addArrayOfString(texts(rows, row -> ArrayText.of(RowLimits.columns(row))))
                .addArrayOfString(texts(rows, row -> ArrayText.of(shortened(row))));
    }

    private static List<String> shortened(DifferingRow row) {
        return row.shortened() == null ? List.of() : row.shortened();
    }

    private static String[] texts(List<DifferingRow> rows, Function<DifferingRow, String> part) {
        return rows.stream().map(part).toArray(String[]::new);
    }

    private Uni<Void> trim(SqlConnection tx, long diff, int plan) {
        return tx.preparedQuery(FoundRowsSql.TRIM)
                .execute(Tuple.of(diff, plan, settings.mostPerKind()))
                .replaceWithVoid();
    }

    /** Whether none of them would be trimmed, were they all of a diff's rows. */
    public boolean keepsAll(@Nullable List<DifferingRow> rows) {
        return rows == null || RowCounts.of(rows).areWithin(settings.mostPerKind());
    }

    /** Whether these are all rows that differ. */
    public static boolean isComplete(List<DifferingRow> rows, Tally tally) {
        return RowCounts.of(rows).equals(RowCounts.of(tally));
    }

    /** Leaves what a finished diff shows; returns whether that is every row that differs. */
    public Uni<Boolean> settle(SqlConnection tx, LockedDiff diff, Tally tally) {
        return choose(tx, diff).map(kept -> kept.equals(RowCounts.of(tally)));
    }

    /** Leaves what a diff shows whose rows have all come; returns how many of each kind. */
    public Uni<RowCounts> choose(SqlConnection tx, LockedDiff diff) {
        return count(tx, diff)
                .flatMap(found -> found.areWithin(settings.mostPerKind())
                        ? Uni.createFrom().item(found)
                        : trim(tx, diff.id(), diff.plan()).chain(() -> count(tx, diff)))
                .call(kept -> kept.isEmpty() && diff.plan() == Course.FIRST_PLAN
                        ? Uni.createFrom().voidItem()
                        : tx.preparedQuery(FoundRowsSql.FORGET_THE_REST).execute(Tuple.of(diff.id(), diff.plan())));
    }

    private static Uni<RowCounts> count(SqlConnection tx, LockedDiff diff) {
        return tx.preparedQuery(FoundRowsSql.COUNT)
                .execute(Tuple.of(diff.id(), diff.plan()))
                .map(FoundRows::counts);
    }

    private static RowCounts counts(RowSet<Row> rows) {
        Map<DifferingRow.Kind, Long> counts = new EnumMap<>(DifferingRow.Kind.class);
        rows.forEach(row -> counts.put(KindName.kind(row.getString("kind")).orElseThrow(), row.getLong("n")));
        return new RowCounts(counts);
    }

    /** Makes what was found by this plan the next one's. */
    public Uni<Void> handOver(SqlConnection tx, LockedDiff diff) {
        return tx.preparedQuery(FoundRowsSql.HAND_OVER)
                .execute(Tuple.of(diff.id(), diff.plan()))
                .replaceWithVoid();
    }

    /** Forgets what was found so far of a diff that is to show nothing. */
    public Uni<Void> forget(SqlConnection tx, long diff) {
        return tx.preparedQuery(FoundRowsSql.FORGET).execute(Tuple.of(diff)).replaceWithVoid();
    }
}
