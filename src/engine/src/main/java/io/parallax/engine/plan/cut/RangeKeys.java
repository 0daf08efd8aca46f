package io.parallax.engine.plan.cut;

import io.parallax.engine.postgres.sql.Moments;
import io.parallax.engine.postgres.sql.Sql;
import io.parallax.engine.postgres.value.Equality;
import io.parallax.engine.task.RangeColumn;
import io.parallax.engine.type.Column;
import io.parallax.engine.type.ColumnPair;
import io.parallax.engine.type.DescribedDataset;
import io.parallax.engine.type.Family;
import io.parallax.engine.type.Index;
import io.parallax.engine.type.SchemaMatch;
import io.parallax.engine.type.Storage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds the key columns that segments can be cut by: ordered alike by both sides, reached by an index on both. */
final class RangeKeys {
    private static final Set<String> PLAIN_TEXTS = Set.of("text", "varchar", "bpchar", "name");
    private static final int LONGEST_BOUND = 200;

    private RangeKeys() {}

    /** The longest such prefix of two indexes; empty when there is none. */
    static List<RangeKey> of(DescribedDataset a, DescribedDataset b, SchemaMatch match) {
        List<RangeKey> longest = List.of();
        for (Index indexA : indexes(a.storage())) {
            for (Index indexB : indexes(b.storage())) {
                List<RangeKey> prefix = prefix(indexA, indexB, match);
                longest = prefix.size() > longest.size() ? prefix : longest;
            }
        }
        return longest;
    }

    private static List<Index> indexes(@Nullable Storage storage) {
        return storage == null
                ? List.of()
                : storage.indexes().stream()
                        .sorted(Comparator.comparing((Index index) -> !index.unique()))
                        .toList();
    }

    private static List<RangeKey> prefix(Index a, Index b, SchemaMatch match) {
        List<RangeKey> prefix = new ArrayList<>();
        int most = Math.min(a.columns().size(), b.columns().size());
        for (int i = 0; i < most; i++) {
            String nameA = a.columns().get(i);
            String nameB = b.columns().get(i);
            Optional<RangeKey> key = match.key().stream()
                    .filter(pair ->
                            pair.a().name().equals(nameA) && pair.b().name().equals(nameB))
                    .findFirst()
                    .flatMap(RangeKeys::orderedAlike);
            if (key.isEmpty()) {
                break;
            }
            prefix.add(key.get());
        }
        return prefix;
    }

    private static Optional<RangeKey> orderedAlike(ColumnPair pair) {
        return switch (pair.a().type().family()) {
            case NUMBER -> number(pair);
            case TEXT -> text(pair);
            case DATE, TIMESTAMP, TIMESTAMPTZ, TIME, UUID, BINARY -> Optional.of(
                    sameType(pair, pair.a().type().name()));
            default -> Optional.empty();
        };
    }

    private static RangeKey sameType(ColumnPair pair, String type) {
        return new RangeKey(
                type,
                new RangeColumn(quoted(pair.a()), type),
                new RangeColumn(quoted(pair.b()), type),
                sample(pair.a(), type),
                sample(pair.b(), type),
                type.equals("int8"));
    }

    private static RangeKey.Sample sample(Column column, String type) {
        String value = quoted(column) + "::" + type;
        String condition =
                switch (type) {
                    case "numeric" -> "length(" + value + "::text) <= " + LONGEST_BOUND + " and strpos(" + value
                            + "::text, 'n') = 0";
                    case "bytea" -> "length(" + value + ") <= " + LONGEST_BOUND / 2;
                        // Rounding makes a later one, whose text the database does not take back.
                    case "timestamp", "timestamptz" -> value + " <= " + Moments.last(type);
                    default -> "true";
                };
        String bound = type.equals("numeric") ? "trim_scale(" + value + ")" : value;
        return new RangeKey.Sample(bound, Equality.text(bound, type), condition);
    }

    private static Optional<RangeKey> number(ColumnPair pair) {
        boolean floatA = pair.a().type().isFloat();
        boolean floatB = pair.b().type().isFloat();
        if (floatA != floatB) {
            // Exact on one side, rounded on the other: a bound may fall between the two.
            return Optional.empty();
        }
        if (floatA) {
            return Optional.of(sameType(pair, "float8"));
        }
        boolean integerA = pair.a().type().isInteger();
        boolean integerB = pair.b().type().isInteger();
        if (integerA && integerB) {
            return Optional.of(sameType(pair, "int8"));
        }
        return Optional.of(integerA || integerB ? mixed(pair) : sameType(pair, "numeric"));
    }

    /** Bounds are integers, so that the integers' side can use its index. */
    private static RangeKey mixed(ColumnPair pair) {
        return new RangeKey(
                "int8",
                new RangeColumn(quoted(pair.a()), pair.a().type().isInteger() ? "int8" : "numeric"),
                new RangeColumn(quoted(pair.b()), pair.b().type().isInteger() ? "int8" : "numeric"),
                integers(pair.a()),
                integers(pair.b()),
                false);
    }

    private static RangeKey.Sample integers(Column column) {
        String name = quoted(column);
        // Guarded by itself: of conditions nobody knows which is looked at first.
        String value = column.type().isInteger()
                ? name + "::int8"
                : "case when %1$s = trunc(%1$s) and %1$s >= %2$d and %1$s <= %3$d then %1$s::int8 end"
                        .formatted(name, Long.MIN_VALUE, Long.MAX_VALUE);
        return new RangeKey.Sample(value, "(" + value + ")::text", "true");
    }

    private static Optional<RangeKey> text(ColumnPair pair) {
        boolean alike = List.of(pair.a(), pair.b()).stream()
                .allMatch(column -> column.codePointOrder()
                        && PLAIN_TEXTS.contains(column.type().name()));
        if (!alike) {
            return Optional.empty();
        }
        boolean blankPadded = isBlankPadded(pair.a()) || isBlankPadded(pair.b());
        return Optional.of(new RangeKey(
                "text",
                new RangeColumn(quoted(pair.a()), isBlankPadded(pair.a()) ? "bpchar" : "text"),
                new RangeColumn(quoted(pair.b()), isBlankPadded(pair.b()) ? "bpchar" : "text"),
                texts(pair.a(), blankPadded),
                texts(pair.b(), blankPadded),
                false));
    }

    /** A bound that ends with a blank would not be the same bound to both sides. */
    private static RangeKey.Sample texts(Column column, boolean blankPadded) {
        String value = quoted(column) + "::text";
        String bound = blankPadded ? "rtrim(" + value + ", ' ')" : value;
        return new RangeKey.Sample(bound, bound, "length(" + value + ") <= " + LONGEST_BOUND);
    }

    private static boolean isBlankPadded(Column column) {
        return column.type().family() == Family.TEXT && column.type().name().equals("bpchar");
    }

    private static String quoted(Column column) {
        return Sql.identifier(column.name());
    }
}
