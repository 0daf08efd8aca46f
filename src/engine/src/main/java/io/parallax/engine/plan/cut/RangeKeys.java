package io.parallax.engine.plan.cut;

import io.parallax.engine.dialect.Dialect;
import io.parallax.engine.dialect.Dialects;
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

    private final Dialect dialectA;
    private final Dialect dialectB;

    private RangeKeys(Dialect dialectA, Dialect dialectB) {
        this.dialectA = dialectA;
        this.dialectB = dialectB;
    }

    /** The longest such prefix of two indexes; empty when there is none. */
    static List<RangeKey> of(DescribedDataset a, DescribedDataset b, SchemaMatch match) {
        return new RangeKeys(Dialects.of(a), Dialects.of(b)).longest(a, b, match);
    }

    private List<RangeKey> longest(DescribedDataset a, DescribedDataset b, SchemaMatch match) {
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

    private List<RangeKey> prefix(Index a, Index b, SchemaMatch match) {
        List<RangeKey> prefix = new ArrayList<>();
        int most = Math.min(a.columns().size(), b.columns().size());
        for (int i = 0; i < most; i++) {
            String nameA = a.columns().get(i);
            String nameB = b.columns().get(i);
            Optional<RangeKey> key = match.key().stream()
                    .filter(pair ->
                            pair.a().name().equals(nameA) && pair.b().name().equals(nameB))
                    .findFirst()
                    .flatMap(this::orderedAlike);
            if (key.isEmpty()) {
                break;
            }
            prefix.add(key.get());
        }
        return prefix;
    }

    private Optional<RangeKey> orderedAlike(ColumnPair pair) {
        return switch (pair.a().type().family()) {
            case NUMBER -> number(pair);
            case TEXT -> text(pair);
            case DATE, TIMESTAMP, TIMESTAMPTZ, TIME, UUID, BINARY -> Optional.of(
                    sameType(pair, pair.a().type().name()));
            default -> Optional.empty();
        };
    }

    private RangeKey sameType(ColumnPair pair, String type) {
        return new RangeKey(
                type,
                new RangeColumn(dialectA.expressions().identifier(pair.a().name()), type),
                new RangeColumn(dialectB.expressions().identifier(pair.b().name()), type),
                dialectA.cutting().bound(pair.a(), type),
                dialectB.cutting().bound(pair.b(), type),
                type.equals("int8"));
    }

    private Optional<RangeKey> number(ColumnPair pair) {
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
    private RangeKey mixed(ColumnPair pair) {
        return new RangeKey(
                "int8",
                new RangeColumn(
                        dialectA.expressions().identifier(pair.a().name()),
                        pair.a().type().isInteger() ? "int8" : "numeric"),
                new RangeColumn(
                        dialectB.expressions().identifier(pair.b().name()),
                        pair.b().type().isInteger() ? "int8" : "numeric"),
                dialectA.cutting().integerBound(pair.a()),
                dialectB.cutting().integerBound(pair.b()),
                false);
    }

    private Optional<RangeKey> text(ColumnPair pair) {
        boolean alike = List.of(pair.a(), pair.b()).stream()
                .allMatch(column -> column.codePointOrder()
                        && PLAIN_TEXTS.contains(column.type().name()));
        if (!alike) {
            return Optional.empty();
        }
        // A bound that ends with a blank would not be the same bound to both sides.
        boolean blankPadded = isBlankPadded(pair.a()) || isBlankPadded(pair.b());
        return Optional.of(new RangeKey(
                "text",
                new RangeColumn(
                        dialectA.expressions().identifier(pair.a().name()),
                        isBlankPadded(pair.a()) ? "bpchar" : "text"),
                new RangeColumn(
                        dialectB.expressions().identifier(pair.b().name()),
                        isBlankPadded(pair.b()) ? "bpchar" : "text"),
                dialectA.cutting().textBound(pair.a(), blankPadded),
                dialectB.cutting().textBound(pair.b(), blankPadded),
                false));
    }

    private static boolean isBlankPadded(Column column) {
        return column.type().family() == Family.TEXT && column.type().name().equals("bpchar");
    }
}
