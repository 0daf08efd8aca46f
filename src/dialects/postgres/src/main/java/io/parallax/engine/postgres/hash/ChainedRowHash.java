package io.parallax.engine.postgres.hash;

import io.parallax.engine.dialect.CanonicalExpression;
import io.parallax.engine.dialect.HashInput;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A row's hash by PostgreSQL's own hash functions, one column's hash the next one's seed: not linear across columns, and
 * cheaper than anything that builds a row first. Sums of it may be compared. See src/docs/fingerprints.md.
 */
final class ChainedRowHash {
    /** Nesting has its limits: the parser's stack. */
    private static final int LONGEST = 400;

    private ChainedRowHash() {}

    /**
     * The SQL of the hash.
     *
     * @param start at least 0; sets hashes for different ends apart
     */
    static String of(List<CanonicalExpression> columns, int start) {
        List<HashInput> ordered = ordered(columns);
        if (ordered.size() <= LONGEST) {
            return chain(ordered, start);
        }
        List<String> parts = new ArrayList<>();
        for (int from = 0; from < ordered.size(); from += LONGEST) {
            parts.add(chain(ordered.subList(from, Math.min(from + LONGEST, ordered.size())), start + parts.size()));
        }
        return Hashing.record(parts, 0);
    }

    /** What does not mix is followed by what does, as far as that goes round. */
    private static List<HashInput> ordered(List<CanonicalExpression> columns) {
        Map<Boolean, List<HashInput>> mixing = columns.stream()
                .map(CanonicalExpression::hashed)
                .collect(Collectors.partitioningBy(
                        column -> ColumnHash.of(column).mixes()));
        Deque<HashInput> mixers = new ArrayDeque<>(mixing.getOrDefault(true, List.of()));
        List<HashInput> ordered = new ArrayList<>();
        for (HashInput column : mixing.getOrDefault(false, List.of())) {
            ordered.add(column);
            if (!mixers.isEmpty()) {
                ordered.add(mixers.remove());
            }
        }
        ordered.addAll(mixers);
        return ordered;
    }

    private static String chain(List<HashInput> columns, long start) {
        String hash = HashSalts.int8(HashSalts.mixed(-2 - start));
        boolean mixed = true;
        for (int i = 0; i < columns.size(); i++) {
            ColumnHash columnHash = ColumnHash.of(columns.get(i));
            hash = columnHash.onto(mixed || columnHash.mixes() ? hash : mixed(hash), columns.get(i), new HashSalts(i));
            mixed = columnHash.mixes();
        }
        return mixed ? hash : mixed(hash);
    }

    private static String mixed(String hash) {
        return "hashint4extended(0, " + hash + ")";
    }
}
