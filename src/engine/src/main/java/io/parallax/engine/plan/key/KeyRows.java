package io.parallax.engine.plan.key;

import io.parallax.engine.dialect.Dialect;
import io.parallax.engine.dialect.Dialects;
import io.parallax.engine.session.Session;
import io.parallax.engine.type.Column;
import io.parallax.engine.type.ColumnPair;
import io.parallax.engine.type.DescribedDataset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Looks for a key in rows: the fewest columns whose values are unique and not NULL. */
final class KeyRows {
    static final int MOST_COLUMNS = 4;

    /** The first ones; a query has no room for the counts of many more. */
    static final int MOST_CANDIDATES = 500;

    /** Rows that rule out most columns before all rows are asked. */
    private static final int FIRST_ROWS = 10_000;

    /**
     * What a column looks like in the first rows.
     *
     * @param values that are not NULL
     * @param distinct different ones of these
     */
    private record Candidate(ColumnPair column, long rows, long values, long distinct) {
        boolean isWhole() {
            return values == rows;
        }

        boolean isUnique() {
            return distinct == rows;
        }
    }

    private final Session session;
    private final DescribedDataset dataset;
    private final List<ColumnPair> candidates;
    private final Function<ColumnPair, Column> own;
    private final Function<ColumnPair, Column> other;

    /**
     * Of one side.
     *
     * @param candidates the columns that may be in it
     */
    KeyRows(
            Session session,
            DescribedDataset dataset,
            List<ColumnPair> candidates,
            Function<ColumnPair, Column> own,
            Function<ColumnPair, Column> other) {
        this.session = session;
        this.dataset = dataset;
        this.candidates = candidates;
        this.own = own;
        this.other = other;
    }

    /** Null when there is no row to look at, empty when there is no key. */
    @Nullable
    List<String> key() {
        List<Candidate> counted = candidates.isEmpty() ? List.of() : counted();
        if (!counted.isEmpty() && counted.get(0).rows() == 0) {
            return null;
        }
        List<Candidate> whole = counted.stream().filter(Candidate::isWhole).toList();
        return whole.stream()
                .filter(Candidate::isUnique)
                .map(candidate -> List.of(candidate.column()))
                .filter(this::isKey)
                .findFirst()
                .orElseGet(() -> combined(whole))
                .stream()
                .map(ColumnPair::name)
                .toList();
    }

    /** Each column that is a key alone; or else the key that several make; empty when there is none. */
    List<List<String>> keys() {
        List<Candidate> whole = candidates.isEmpty()
                ? List.of()
                : counted().stream().filter(Candidate::isWhole).toList();
        List<List<String>> single = whole.stream()
                .filter(candidate -> candidate.rows() > 0 && candidate.isUnique())
                .map(candidate -> List.of(candidate.column()))
                .filter(this::isKey)
                .map(KeyRows::names)
                .toList();
        List<String> combined = single.isEmpty() ? names(combined(whole)) : List.of();
        return combined.isEmpty() ? single : List.of(combined);
    }

    private static List<String> names(List<ColumnPair> key) {
        return key.stream().map(ColumnPair::name).toList();
    }

    /** Adds the column that tells the most rows apart until all are told apart. */
    private List<ColumnPair> combined(List<Candidate> whole) {
        List<ColumnPair> key = new ArrayList<>();
        for (Candidate candidate : whole.stream()
                .sorted(Comparator.comparingLong(Candidate::distinct).reversed())
                .limit(MOST_COLUMNS)
                .toList()) {
            key.add(candidate.column());
            if (key.size() > 1 && isKey(key)) {
                return needed(key);
            }
        }
        return List.of();
    }

    /** Without the columns that the others do not need. */
    private List<ColumnPair> needed(List<ColumnPair> key) {
        List<ColumnPair> needed = key;
        for (ColumnPair column : key.subList(0, key.size() - 1)) {
            List<ColumnPair> fewer =
                    needed.stream().filter(kept -> kept != column).toList();
            needed = fewer.size() > 1 && isKey(fewer) ? fewer : needed;
        }
        return needed;
    }

    private List<Candidate> counted() {
        String counts = IntStream.range(0, candidates.size())
                .mapToObj(i -> "count(c" + i + "), count(distinct c" + i + ")")
                .collect(Collectors.joining(", "));
        String columns = IntStream.range(0, candidates.size())
                .mapToObj(i -> value(candidates.get(i)) + " as c" + i)
                .collect(Collectors.joining(", "));
        String sql = "select count(*), " + counts + " from (select " + columns + " from " + dataset.from()
                + where(Stream.empty()) + " limit " + FIRST_ROWS + ") r";
        return session.one(sql, row -> {
            List<Candidate> counted = new ArrayList<>();
            for (int i = 0; i < candidates.size(); i++) {
                counted.add(new Candidate(
                        candidates.get(i), row.getLong(1), row.getLong(2 + 2 * i), row.getLong(3 + 2 * i)));
            }
            return counted;
        });
    }

    private boolean isKey(List<ColumnPair> key) {
        String columns = key.stream().map(this::value).collect(Collectors.joining(", "));
        String isNull = key.stream().map(column -> value(column) + " is null").collect(Collectors.joining(" or "));
        return session.one(
                "select not exists (select from " + dataset.from() + where(Stream.of("(" + isNull + ")"))
                        + ") and not exists (select from " + dataset.from() + where(Stream.empty())
                        + " group by " + columns + " having count(*) > 1)",
                row -> row.getBoolean(1));
    }

    private String value(ColumnPair column) {
        Dialect dialect = Dialects.of(dataset);
        return dialect.expressions()
                .spelled(dialect.values()
                        .key(own.apply(column), other.apply(column))
                        .sql());
    }

    private String where(Stream<String> conditions) {
        String all = Stream.concat(
                        conditions, Stream.ofNullable(dataset.filter()).map(filter -> "(\n" + filter + "\n)"))
                .collect(Collectors.joining(" and "));
        return all.isEmpty() ? "" : " where " + all;
    }
}
